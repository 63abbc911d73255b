import type { JsonObject } from '../model/json.ts';
import { newestRecords, type Stored } from '../range/services/cloudtrail/records.ts';
import type { Reader } from '../range/store/port.ts';

/** Where records of services without regions are kept. */
const globalRegion = 'us-east-1';

export interface Wanted {
  readonly account: string;
  readonly region: string;
  /** Virtual epoch milliseconds. */
  readonly from: number;
  /** The newest so many. */
  readonly max: number;
}

/** Stored records that concern a region, in the order of time: its own, and those of services without regions. */
export function storedRecords(
  tx: Reader,
  { account, region, from, max }: Wanted,
  isGlobal: (record: JsonObject) => boolean,
): readonly JsonObject[] {
  const kept = newest(newestRecords({ tx, account, region }, undefined), from, max);
  if (region !== globalRegion) {
    const global = newest(newestRecords({ tx, account, region: globalRegion }, undefined), from, max);
    kept.push(...global.filter(({ record }) => isGlobal(record)));
  }
  return kept
    .sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1))
    .slice(-max)
    .map(({ record }) => record);
}

function newest(rows: Iterable<Stored>, from: number, max: number): Stored[] {
  const kept: Stored[] = [];
  for (const row of rows) {
    if (row.time < from || kept.length === max) break;
    kept.push(row);
  }
  return kept;
}
