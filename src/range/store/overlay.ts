import type { Parsed } from './kept-rows.ts';
import { checkKey, compareKeys } from './keys.ts';
import type { KeyRange, Reader, TableName, Tx } from './port.ts';
import { SortedMap } from './sorted-map.ts';

/** Rows as JSON text; null where a row is removed. */
export type Layer = Readonly<Record<TableName, SortedMap<string | null>>>;

/** A row as JSON text, or parsed already; null where it is removed. */
export type Cell = string | Parsed | null;

/** What lies under a layer, in byte order. */
export interface Base {
  get(table: TableName, key: string): Cell | undefined;
  range(table: TableName, range: KeyRange): Rows;
  /** Changes when rows come or go. */
  version(table: TableName): number;
}

export function newLayer(): Layer {
  return { state: new SortedMap(), trail: new SortedMap(), outbox: new SortedMap() };
}

/** By comparing, since V8 looks up a name that varies on its slow road, and every read of a row comes by here. */
export function tableIn(layer: Layer, table: TableName): SortedMap<string | null> {
  return table === 'state' ? layer.state : table === 'trail' ? layer.trail : layer.outbox;
}

export function isEmpty(layer: Layer): boolean {
  return layer.state.size + layer.trail.size + layer.outbox.size === 0;
}

const tables = ['state', 'trail', 'outbox'] as const;

/** Lays what a step wrote over (or into) another layer. */
export function spread(from: Layer, onto: (table: TableName, key: string, text: string | null) => void): void {
  for (const table of tables) {
    const rows = tableIn(from, table);
    if (rows.size > 0) rows.each((text, key) => onto(table, key, text));
  }
}

/** Layers over a base, the last one on top, as the base of what lies above. */
export function layered(base: Base, layers: () => readonly Layer[]): Base {
  return {
    get(table, key) {
      const on = layers();
      for (let index = on.length - 1; index >= 0; index--) {
        const text = tableIn(on[index]!, table).get(key);
        if (text !== undefined) return text;
      }
      return base.get(table, key);
    },
    range: (table, range) =>
      layers().reduce((under, layer) => over(layer, under, table, range), base.range(table, range)),
    version: (table) => layers().reduce((sum, layer) => sum + tableIn(layer, table).version, base.version(table)),
  };
}

/** Reads what is committed or pending. */
export function overlaid(base: Base): Reader {
  return {
    get: (table, key) => rowIn(base, undefined, table, key),
    range: (table, range) => rowsIn(base, undefined, table, range),
  };
}

/** A row of a base, through what the step of a commit wrote so far. */
function rowIn<T>(base: Base, layer: Layer | undefined, table: TableName, key: string): T | undefined {
  const own = layer && tableIn(layer, table).get(key);
  return heldIn<T>(own === undefined ? base.get(table, key) : own);
}

function rowsIn<T>(
  base: Base,
  layer: Layer | undefined,
  table: TableName,
  range: KeyRange,
): Iterable<readonly [key: string, value: T]> {
  // A list that is kept and empty, which most are that a call looks into: nothing to go through, nothing that changes.
  if (layer === undefined || !tableIn(layer, table).mayHold(range.prefix)) {
    if (base.range(table, range) === noRows) return noRows as readonly [];
  }
  return rangeOver<T>(base, layer, table, range);
}

function heldIn<T>(cell: Cell | undefined): T | undefined {
  if (cell === null || cell === undefined) return undefined;
  return (typeof cell === 'string' ? JSON.parse(cell) : cell.value) as T;
}

/** When anything changes under an open range (a row removed in its loop, a commit that arrived), it goes on after its last key. */
function* rangeOver<T>(base: Base, layer: Layer | undefined, table: TableName, range: KeyRange) {
  const { limit, ...rest } = range;
  let left = limit ?? Number.POSITIVE_INFINITY;
  let after = rest.after;
  const versions = () => base.version(table) + (layer === undefined ? 0 : tableIn(layer, table).version);
  let changed = left > 0;
  while (changed) {
    changed = false;
    const version = versions();
    const from = { ...rest, ...(after === undefined ? {} : { after }) };
    const under = base.range(table, from);
    for (const [key, cell] of layer === undefined ? under : over(layer, under, table, from)) {
      if (cell !== null) {
        yield [key, heldIn<T>(cell) as T] as const;
        if (--left <= 0) return;
      }
      after = key;
      changed = versions() !== version;
      if (changed) break;
    }
  }
}

type Rows = Iterable<readonly [key: string, cell: Cell]>;

/** What a base answers that knows there are none, and so tells it apart from rows that must be looked for. */
export const noRows: Rows & readonly [] = [];

function over(layer: Layer, under: Rows, table: TableName, range: KeyRange): Rows {
  const rows = tableIn(layer, table);
  return rows.mayHold(range.prefix) ? merged(under, rows.range(range), range.reverse) : under;
}

/** Both in order; where a key is in both, the upper one counts. */
function* merged(under: Rows, over: Rows, reverse = false): Rows {
  const lower = under[Symbol.iterator]();
  const upper = over[Symbol.iterator]();
  try {
    let low = lower.next();
    let high = upper.next();
    while (!low.done || !high.done) {
      const order = low.done ? 1 : high.done ? -1 : compareKeys(low.value[0], high.value[0]) * (reverse ? -1 : 1);
      if (order < 0) {
        yield low.value as readonly [string, Cell];
        low = lower.next();
      } else {
        yield high.value as readonly [string, Cell];
        if (order === 0) low = lower.next();
        high = upper.next();
      }
    }
  } finally {
    lower.return?.();
    upper.return?.();
  }
}

/** Runs a commit's step: what it wrote, and what it said. Throws what the step throws, and then nothing was written. */
export function runStep<T>(base: Base, step: (tx: Tx) => T): { readonly written: Layer; readonly result: T } {
  const tx = new StepTx(base);
  try {
    const result = step(tx);
    refusePromise(result);
    return { written: tx.written, result };
  } finally {
    tx.end();
  }
}

/** A class, since every call makes one. */
class StepTx implements Tx {
  readonly written = newLayer();
  readonly #base: Base;
  #open = true;

  constructor(base: Base) {
    this.#base = base;
  }

  get<T>(table: TableName, key: string): T | undefined {
    return rowIn<T>(this.#base, this.written, table, key);
  }

  range<T>(table: TableName, range: KeyRange): Iterable<readonly [key: string, value: T]> {
    return rowsIn<T>(this.#base, this.written, table, range);
  }

  put(table: TableName, key: string, value: unknown): void {
    this.putText(table, key, textOf(key, value));
  }

  putText(table: TableName, key: string, text: string): void {
    this.#write(table, key, text);
  }

  remove(table: TableName, key: string): void {
    this.#write(table, key, null);
  }

  end(): void {
    this.#open = false;
  }

  #write(table: TableName, key: string, text: string | null): void {
    if (!this.#open) throw new Error('this transaction is over: write inside the step of a commit, before it returns');
    checkKey(key);
    tableIn(this.written, table).set(key, text);
  }
}

/** Text at once: a later change of the object is not stored. */
function textOf(key: string, value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`row ${JSON.stringify(key)}: expected JSON, not ${typeof value}`);
  return text;
}

function refusePromise(result: unknown): void {
  if (typeof result !== 'object' || result === null || !('then' in result)) return;
  if (result instanceof Promise) result.catch(() => undefined);
  throw new TypeError(
    'the step of a commit returned a promise: await first, then change state in one synchronous step',
  );
}
