import { expect, test } from 'vitest';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import type { Detector } from './detector.ts';
import { pack } from './detectors/index.ts';
import { exampleWorld } from './example-world.ts';
import { call } from './examples.ts';
import { Explainer } from './explain.ts';
import { unknownWorld } from './world.ts';

const named = (id: string): Detector => pack.find((each) => each.id === id)!;

function explained(id: string, world = exampleWorld) {
  const detector = named(id);
  const explainer = new Explainer(detector, world);
  const { fires, stays } = detector.about.examples;
  const other = call('ec2:DescribeInstances', {});
  for (const record of [other, ...Object.values(fires)[0]!, ...Object.values(stays).flat()]) {
    const row = activityOf(record);
    if (isProblem(row)) throw new Error(row.reason);
    explainer.see(row);
  }
  return explainer.told();
}

test('tells where records stopped on their way to a word', () => {
  const told = explained('Stealth:IAMUser/PasswordPolicyChange');
  expect(told.idle).toBeUndefined();
  expect(told.ofKind).toBeGreaterThan(told.reached);
  expect(told.reached).toBeGreaterThanOrEqual(told.met);
  expect(told.spoke).toBe(1);
  expect(told.speaking[0]).toMatchObject({ name: expect.stringContaining('PasswordPolicy') });
});

test('says what it waits for', () => {
  const told = explained('UnauthorizedAccess:EC2/SSHBruteForce');
  expect(told.met).toBeGreaterThan(told.spoke);
  expect(told.waiting.length).toBeGreaterThan(0);
});

test('says why it cannot speak', () => {
  const told = explained('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', unknownWorld);
  expect(told.idle?.en).toBe('no such data was given');
});
