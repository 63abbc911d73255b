import type { JsonObject } from '../model/json.ts';
import { managementRecords, type Stored } from '../range/services/cloudtrail/records.ts';
import type { Reader } from '../range/store/port.ts';

/** Where records of services without regions are kept. */
const globalRegion = 'us-east-1';

/** The stored records that concern a region, in the order of time: its own, and those of services without regions. */
export function storedRecords(
  tx: Reader,
  place: { readonly account: string; readonly region: string; readonly from: number },
  isGlobal: (record: JsonObject) => boolean,
): readonly JsonObject[] {
  const { account, region, from } = place;
  const own = [...managementRecords({ tx, account, region }, '', from)];
  const global = region === globalRegion ? [] : [...managementRecords({ tx, account, region: globalRegion }, '', from)];
  return [...own, ...global.filter(({ record }) => isGlobal(record))].sort(inOrder).map(({ record }) => record);
}

function inOrder(a: Stored, b: Stored): number {
  return a.time - b.time || (a.key < b.key ? -1 : 1);
}
