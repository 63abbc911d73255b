import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';

export interface Stored {
  readonly key: string;
  readonly time: number;
  readonly record: JsonObject;
}

/** Management events of one region, as the chain stored them, in the order of time. `after` is a key. */
export function* managementRecords(scope: ReadScope, after: string, from: number): Iterable<Stored> {
  const prefix = `${scope.account}/${scope.region}/`;
  const start = `${prefix}${String(from).padStart(15, '0')}`;
  const rows = scope.tx.range<JsonObject>('trail', { prefix, after: after > start ? after : start });
  for (const [key, record] of rows) yield { key, time: timeOf(key), record };
}

/** The newest first, for LookupEvents. */
export function* newestRecords(scope: ReadScope, before: string | undefined): Iterable<Stored> {
  const prefix = `${scope.account}/${scope.region}/`;
  const rows = scope.tx.range<JsonObject>('trail', {
    prefix,
    reverse: true,
    ...(before === undefined ? {} : { after: before }),
  });
  for (const [key, record] of rows) yield { key, time: timeOf(key), record };
}

export function regionsWithRecords(scope: ReadScope): readonly string[] {
  const prefix = `${scope.account}/`;
  const regions: string[] = [];
  let after = prefix;
  for (;;) {
    const [row] = scope.tx.range('trail', { prefix, after, limit: 1 });
    if (row === undefined) return regions;
    const region = row[0].split('/', 2)[1] ?? '';
    regions.push(region);
    // `0` follows `/`: the next key is of another region.
    after = `${prefix}${region}0`;
  }
}

/** Virtual epoch milliseconds: `<account>/<region>/<time>/<seq>`. */
function timeOf(key: string): number {
  return Number(key.split('/', 3)[2]);
}
