import { expect, it } from 'vitest';
import { Picked } from '../model/picked.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { exampleWorld } from './example-world.ts';
import { example, type FlowExample, flow } from './examples.ts';
import { thresholds } from './thresholds.ts';
import { traffics } from './traffic.ts';
import { Triage } from './triage.ts';

const world = { ...exampleWorld, lists: { ...exampleWorld.lists, holds: () => false } };
const hour = 3_600;

/** What detectors are told of each flow that an instance sends to the internet, by the names of `traffics`. */
function told(...flows: readonly FlowExample[]): string[][] {
  const triage = new Triage(world);
  return flows.map((more) => {
    const ways = { from: example.local, to: example.home, fromPort: 50_000, toPort: 8_443, packets: 10, bytes: 9_000 };
    const row = activityOf(flow({ ...ways, ...more }));
    if (isProblem(row) || row.flow === undefined) throw new Error('no flow');
    const picked = new Picked().all(row.flow.row, row.flow.row + 1);
    triage.leave(row.flow.rows, picked, () => row);
    const mark = picked.count === 0 ? 0 : picked.marks[0]!;
    return Object.entries(traffics).flatMap(([name, bit]) => ((mark & bit) === 0 ? [] : [name]));
  });
}

it('tells of what an interface opens first, and not of the same again', () => {
  expect(told({}, { at: 1 }, { at: 2, fromPort: 50_001 })).toEqual([['outward', 'port'], [], []]);
});

it.each<[string, FlowExample, readonly string[]]>([
  ['mail', { toPort: 25 }, ['outward', 'port']],
  ['a name asked elsewhere', { toPort: 53, protocol: 17 }, ['outward', 'port']],
  ['one asked over TLS', { toPort: 853 }, ['outward', 'port']],
  ['one asked over HTTPS', { to: '9.9.9.9', toPort: 443 }, ['outward', 'port']],
  ['another port', { toPort: 4_444 }, ['port']],
  ['much', { bytes: thresholds.volume.bytes / 100, packets: 1_000 }, ['outward']],
  ['the same after days', { at: 24 * hour }, ['outward', 'port']],
  ['the same by another interface', { interface: 'eni-0fedcba9876543210' }, ['outward', 'port']],
])('tells of %s, whatever was opened before', (_name, more, expected) => {
  expect(told({}, { at: 1, ...more })[1]).toEqual(expected);
});

it('tells again of mail and of names each time', () => {
  expect(told({ toPort: 25 }, { at: 1, toPort: 25 })[1]).toEqual(['outward']);
  expect(told({ to: '9.9.9.9', toPort: 443 }, { at: 1, to: '9.9.9.9', toPort: 443 })[1]).toEqual(['outward']);
});

it('adds up small packets to one address, and tells of them from a twentieth of a flood on', () => {
  const packets = thresholds.flood.packets / 40;
  const small = { packets, bytes: 60 * packets };
  const seen = told({}, { at: 1, ...small }, { at: 2, ...small }, { at: 3, to: '198.51.100.77', ...small });
  expect(seen.map((names) => names.includes('small'))).toEqual([false, false, true, false]);
});

it('tells of one who logs in at another from the second time on', () => {
  const minutes = thresholds.guesses.windowMs / 60_000;
  const login = { from: example.home, to: example.local, toPort: 22, packets: 18, bytes: 2_900 };
  const seen = told(
    login,
    { ...login, at: 60, fromPort: 50_001 },
    { ...login, at: 61, from: '198.51.100.77' },
    { ...login, at: 62, to: '10.0.9.9' },
    { ...login, at: 63, interface: 'eni-0fedcba9876543210' },
    { ...login, at: 60 + 60 * minutes, fromPort: 50_002 },
    { ...login, at: 61 + 120 * minutes, fromPort: 50_003 },
  );
  expect(seen.map((names) => names.includes('guess'))).toEqual([false, true, false, false, false, true, false]);
});

it('knows of many interfaces what they opened', () => {
  const interfaces = Array.from({ length: 500 }, (_, index) => ({ interface: `eni-${index}` }));
  expect(
    told(...interfaces, ...interfaces)
      .slice(500)
      .flat(),
  ).toEqual([]);
});
