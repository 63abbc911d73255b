import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flowAt, flowRows, flowStride } from '../model/flow-rows.ts';
import { Picked } from '../model/picked.ts';
import { RecentFlows } from './recent-flows.ts';

/** Flows of one second. */
interface Second {
  readonly time: number;
  readonly prints: readonly number[];
}

/** What is new of each second. */
function newOf(recent: RecentFlows, seconds: readonly Second[]): number[][] {
  return seconds.map(({ time, prints }) => {
    const flows = flowRows(
      new Float64Array(flowStride * prints.length),
      Float64Array.from(prints, () => time),
      true,
    );
    for (const [row, print] of prints.entries()) flows.numbers[row * flowStride + flowAt.fingerprint] = print;
    const picked = new Picked().all(0, prints.length);
    recent.leaveNew(flows, picked);
    return Array.from(picked.rows.subarray(0, picked.count), (row) => prints[row]!);
  });
}

// The time is part of what a fingerprint stands for.
const printOf = (time: number, flow: number) => time * 0x40000001 + flow * 0x1000 + 1;

it('knows every flow that came, in its second or late', () => {
  const second = fc.tuple(fc.nat(8), fc.array(fc.nat(400), { minLength: 1, maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(second, { maxLength: 20 }), (all) => {
      const seconds = all.map(([time, flows]) => ({ time, prints: flows.map((flow) => printOf(time, flow)) }));
      const known = new Set<number>();
      const expected = seconds.map(({ prints }) => prints.filter((print) => !known.has(print) && known.add(print)));
      expect(newOf(new RecentFlows(), seconds)).toEqual(expected);
    }),
  );
});

it('knows hundreds of thousands of late ones, and forgets those before', () => {
  const recent = new RecentFlows();
  const [seconds, each] = [700, 500];
  const prints = (time: number) => Array.from({ length: each }, (_, flow) => printOf(time, flow));
  for (let time = 0; time < seconds; time++) newOf(recent, [{ time, prints: prints(time) }]);
  const late = (time: number) => newOf(recent, [{ time, prints: prints(time) }])[0]!.length;
  expect([late(seconds - 1), late(seconds - 400), late(seconds - 520), late(0)]).toEqual([0, 0, 0, each]);
  expect(late(0)).toBe(0);
});
