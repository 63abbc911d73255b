import { keeping } from './kept-rows.ts';
import { overlaid, runStep, spread } from './overlay.ts';
import type { Store, TableName } from './port.ts';
import { SortedMap } from './sorted-map.ts';

/** State that lives and ends with its process: `--memory`, for CI. Rows are JSON text here too, so that both stores say the same. */
export function memoryStore(): Store {
  const tables: Record<TableName, SortedMap<string>> = {
    state: new SortedMap(),
    trail: new SortedMap(),
    outbox: new SortedMap(),
  };
  const base = keeping({
    get: (table, key) => tables[table].get(key),
    range: (table, range) => tables[table].range(range),
    version: (table) => tables[table].version,
  });
  let inStep = false;
  let closed = false;
  return {
    ...overlaid(base),
    async commit(step) {
      if (closed) throw new Error('the store is closed');
      if (inStep) throw new Error('a commit inside the step of a commit: use its own tx');
      inStep = true;
      try {
        const { written, result } = runStep(base, step);
        spread(written, (table, key, text) => {
          if (text === null) tables[table].delete(key);
          else tables[table].set(key, text);
        });
        base.forget(written);
        return result;
      } finally {
        inStep = false;
      }
    },
    async backup() {
      throw new Error('a range with --memory has no files to copy: start it with --data to save it');
    },
    async close() {
      closed = true;
    },
  };
}
