import { expect, test } from 'vitest';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { Engine } from './engine.ts';
import { exampleWorld } from './example-world.ts';
import { call } from './examples.ts';
import { limits } from './limits.ts';
import { onElsewhere } from './on-elsewhere.ts';
import { accessKey } from './subjects.ts';

const words = { en: 'A call', ja: '呼び出し' };
const learnS = 3_600;
const detector = onElsewhere({
  type: 'Custom:A/B',
  title: words,
  advice: words,
  falsePositives: words,
  severity: 2,
  technique: 'T1078',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call' },
  reads: [],
  key: ({ principal }) => principal,
  place: ({ region }) => region,
  isGrave: ({ name }) => name === 'StopLogging',
  learnMs: learnS * 1_000,
  resource: accessKey,
  says: () => words,
  examples: { fires: {}, stays: {} },
});

/** Whether a grave call from home is told of, after somebody who was at home first was in so many other places. */
function speaksAtHome(elsewhere: number): boolean {
  const engine = new Engine([detector], exampleWorld);
  const at = (second: number, region: string, name = 'DescribeTrails') => {
    const activity = activityOf(call(`cloudtrail:${name}`, { at: second, region }));
    return !isProblem(activity) && engine.see(activity).length > 0;
  };
  at(0, 'home');
  for (let index = 0; index < elsewhere; index++) at(learnS + index, `place ${index}`);
  return at(learnS + elsewhere, 'home', 'StopLogging');
}

test('somebody who was in more places than are remembered is a stranger where they were first', () => {
  expect(speaksAtHome(limits.placesPerKey - 1)).toBe(false);
  expect(speaksAtHome(limits.placesPerKey)).toBe(true);
});
