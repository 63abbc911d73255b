import { expect, test } from 'vitest';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { Engine } from './engine.ts';
import { exampleWorld } from './example-world.ts';
import { call, example } from './examples.ts';
import { exceptRoutine } from './except-routine.ts';
import { onCall } from './on-call.ts';

const words = { en: 'A call', ja: '呼び出し' };
const name = 'lambda:UpdateFunctionCode';
const detector = exceptRoutine(
  onCall({
    type: 'Custom:A/B',
    title: words,
    advice: words,
    falsePositives: words,
    severity: 2,
    technique: 'T1525',
    calls: name,
    fires: { it: {} },
  }),
  { name },
);

const hours: Readonly<Record<string, { at: readonly number[]; spoke: readonly boolean[] }>> = {
  'within the first day': { at: [0, 1, 23], spoke: [true, true, true] },
  'on later days': { at: [0, 24, 60], spoke: [true, false, false] },
  'after a month without': { at: [0, 24, 24 + 31 * 24], spoke: [true, false, true] },
};

test.each(Object.entries(hours))('what one does again %s', (_name, { at, spoke }) => {
  const engine = new Engine([detector], exampleWorld);
  const said = at.map((hour) => {
    const activity = activityOf(call(name, { at: hour * 3_600, account: example.account }));
    return !isProblem(activity) && engine.see(activity).length > 0;
  });
  expect(said).toEqual(spoke);
});
