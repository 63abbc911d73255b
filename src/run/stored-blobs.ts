import type { Json } from '../model/json.ts';
import type { Reader } from '../range/store/port.ts';

/**
 * Every name of a blob that a stored row says, wherever it says it: what no row says can be swept. Read from the rows
 * themselves, because a service that forgot to tell of its blobs would lose them.
 */
export function* storedBlobs(reader: Reader): Iterable<string> {
  for (const table of ['state', 'outbox'] as const) {
    for (const [, value] of reader.range<Json>(table, { prefix: '' })) yield* namesIn(value);
  }
}

function* namesIn(value: Json): Iterable<string> {
  if (typeof value === 'string') {
    if (value.length === 32 && /^[0-9a-f]{32}$/.test(value)) yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) yield* namesIn(each);
  }
}
