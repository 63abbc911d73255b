import { createHash } from 'node:crypto';
import type { Reader } from '../../src/range/store/port.ts';

export const callers = Array.from({ length: 16 }, (_, n) => `caller/${n.toString(16)}/é\u0001😀`);

export interface CallerState {
  readonly count: number;
  /** Folds every step, so that a lost or doubled one shows. */
  readonly sum: string;
}

export function advanced(caller: string, { count, sum }: CallerState): CallerState {
  return {
    count: count + 1,
    sum: createHash('sha256')
      .update(`${sum}/${caller}/${count + 1}`)
      .digest('hex'),
  };
}

export function trailKey(caller: string, count: number): string {
  return `${caller}/${String(count).padStart(9, '0')}`;
}

/** What the store says after a kill, against what it must say. Empty: nothing answered is lost, nothing is torn. */
export function faults(
  store: Reader,
  answered: ReadonlyMap<string, number>,
  known: Map<string, CallerState>,
): string[] {
  const found: string[] = [];
  let total = 0;
  for (const caller of callers) {
    const state = store.get<CallerState>('state', caller) ?? { count: 0, sum: '' };
    total += state.count;
    const before = known.get(caller) ?? { count: 0, sum: '' };
    if (state.count < (answered.get(caller) ?? before.count)) {
      found.push(`lost: ${caller} answered ${answered.get(caller)}, has ${state.count}`);
    }
    found.push(...torn(store, caller, before, state));
    known.set(caller, state);
  }
  if ((store.get<number>('state', 'total') ?? 0) !== total) found.push(`torn: the total is not the sum of all callers`);
  return found;
}

/** Each step since the last look has its record; the notices are those of the last three steps. */
function torn(store: Reader, caller: string, before: CallerState, state: CallerState): string[] {
  const found: string[] = [];
  let expected = before;
  const after = trailKey(caller, before.count);
  for (const [, row] of store.range<CallerState>('trail', { prefix: `${caller}/`, after })) {
    expected = advanced(caller, expected);
    if (row.count !== expected.count || row.sum !== expected.sum) found.push(`torn: record ${row.count} of ${caller}`);
  }
  if (expected.count !== state.count || expected.sum !== state.sum) {
    found.push(`torn: ${caller} is at ${state.count}, its records at ${expected.count}`);
  }
  const notices = Array.from(store.range<number>('outbox', { prefix: `${caller}/` }), ([, count]) => count);
  const last = [2, 1, 0].map((back) => state.count - back).filter((count) => count > 0);
  if (JSON.stringify(notices) !== JSON.stringify(last))
    found.push(`torn: notices ${notices} of ${caller} at ${state.count}`);
  return found;
}
