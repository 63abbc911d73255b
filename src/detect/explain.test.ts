import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import type { Row } from '../sources/batch.ts';
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
  for (const record of [other, ...Object.values(fires)[0]!, ...Object.values(stays).flat()])
    explainer.see(rowOf(record));
  return explainer.told();
}

function rowOf(record: JsonObject): Row {
  const row = activityOf(record);
  if (isProblem(row)) throw new Error(row.reason);
  return row;
}

test('tells where records stopped on their way to a word', () => {
  const told = explained('Stealth:IAMUser/PasswordPolicyChange');
  expect(told.idle).toBeUndefined();
  expect(told.ofKind).toBeGreaterThan(told.reached);
  expect(told.reached).toBeGreaterThanOrEqual(told.met);
  expect(told.spoke).toBe(1);
  expect(told.speaking[0]).toMatchObject({ name: expect.stringContaining('PasswordPolicy') });
});

test('counts what detection counts: of many flows the triage says nothing', () => {
  const detector = named('UnauthorizedAccess:EC2/SSHBruteForce');
  const { fires, stays } = detector.about.examples;
  const spokenOf = (records: readonly JsonObject[]) => {
    const explainer = new Explainer(detector, exampleWorld);
    for (const record of records) explainer.see(rowOf(record));
    return explainer.told().spoke;
  };
  expect(spokenOf(fires['short connections from outside, one after the other']!)).toBe(1);
  expect(spokenOf(stays['one fewer']!)).toBe(0);
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
