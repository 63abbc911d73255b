import { expect, test } from 'vitest';
import { arn, day, type Given, persistence, recon, sighting, stealth, told } from '../../test/fakes/sightings.ts';
import { derivedForm } from '../aws/findings/guardduty.ts';
import { hub } from '../findings/hub.ts';
import { memoryStore } from '../findings/store.ts';
import { limits } from './limits.ts';
import { Stories } from './stories.ts';

test('forgets whoever was seen longest ago when what they hold is too much, and counts it', () => {
  const stories = new Stories();
  const wordy = (n: number): Given => ({ ...recon, who: `${n} ${'x'.repeat(limits.bytes / 64)}`, minute: n });
  told([{ ...recon, minute: 0 }, ...Array.from({ length: 30 }, (_, n) => wordy(n + 1))], stories);
  expect(stories.evicted).toBeGreaterThan(0);
  expect(told([{ ...persistence, minute: 40 }], stories).stories).toEqual([]);
  const known = new Stories();
  told([{ ...recon, minute: 0 }], known);
  expect(told([{ ...persistence, minute: 40 }], known).stories).toHaveLength(1);
  expect(known.evicted).toBe(0);
});

test('remembers after a restart what was found before', () => {
  const { all } = told([recon]);
  const stories = new Stories();
  stories.recall(all);
  expect(told([stealth], stories).stories).toHaveLength(1);
});

const start = 1.5 * day;
const another = { ...persistence, type: 'Persistence:IAMUser/Other', severity: 2 };

test.each<[string, readonly Given[]]>([
  ['whoever of it was seen last', []],
  ['whoever began it', [{ ...another, minute: start + 31 }]],
])('tells on in the same story after a restart, %s', (_, more) => {
  const bob = { who: 'bob', origin: { principal: arn('alice'), chain: [] } };
  const before = [
    { ...stealth, type: 'Stealth:S3/ServerAccessLoggingDisabled', minute: 0 },
    { ...another, minute: 0.9 * day },
    { ...recon, minute: start },
    { ...stealth, ...bob, minute: start + 5 },
    { ...recon, minute: start + 30 },
    ...more,
  ];
  const after = { ...persistence, ...bob, minute: start + 40 };
  const stories = new Stories();
  stories.recall(told(before).all);
  const ids = (all: ReturnType<typeof told>) => all.stories.map(({ id }) => id);
  const all = told([...before, after]);
  expect(ids(told([after], stories))).toEqual(ids(all));
  expect([all.stories.length, all.marked.length]).toEqual([1, 4]);
  // What the story did not reach back to does not come in later.
  const again = new Stories();
  again.recall(told(before).all);
  const { finding } = hub(memoryStore(), derivedForm).take(sighting(after), 0)!;
  expect(again.see(sighting(after), finding).map(({ of }) => of.map(({ id }) => id))).toEqual([[finding.id]]);
});
