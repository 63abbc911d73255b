import { type Layer, newLayer, spread } from '../../../range/store/overlay.ts';

/** Commits that go to the disk as one transaction. A row that several of them wrote is written once. */
export interface Group {
  readonly layer: Layer;
  readonly done: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
  add(written: Layer): void;
}

export function newGroup(): Group {
  const layer = newLayer();
  let resolve = () => {};
  let reject = (_error: unknown) => {};
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Each commit hears of it; a group without commits has nobody to tell.
  done.catch(() => undefined);
  return {
    layer,
    done,
    resolve,
    reject,
    add: (written) => spread(written, (table, key, text) => layer[table].set(key, text)),
  };
}

export function isEmpty(layer: Layer): boolean {
  return layer.state.size + layer.trail.size + layer.outbox.size === 0;
}
