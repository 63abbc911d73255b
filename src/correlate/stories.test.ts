import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arn, day, type Given, persistence, recon, stealth, told } from '../../test/fakes/sightings.ts';

const admin = { type: 'PrivilegeEscalation:IAM/AccountManipulation', who: 'alice', severity: 8 };
const key = { type: 'Persistence:IAM/AccountManipulation', who: 'alice', minute: 1, severity: 8 };
const portal = { portalRole: 'Admin' };
const oneCall = [
  { ...recon, call: 'c' },
  { ...stealth, call: 'c', minute: 0 },
];

const cases: Readonly<Record<string, { given: readonly Given[]; stories: number; marked: number }>> = {
  'two tactics of one user': { given: [recon, stealth], stories: 1, marked: 2 },
  'a pipeline elsewhere, and what it did there': {
    given: [
      { type: 'Custom:IAMUser/PipelineElsewhere', who: 'ci', technique: 'T1078.004', severity: 8 },
      { ...stealth, who: 'ci' },
    ],
    stories: 1,
    marked: 2,
  },
  'one tactic': { given: [recon, { ...recon, type: 'Recon:IAMUser/TorIPCaller', minute: 1 }], stories: 0, marked: 0 },
  'one call, of which two detectors tell': { given: oneCall, stories: 0, marked: 0 },
  'one call, of which two detectors tell, and another': { given: [...oneCall, persistence], stories: 1, marked: 3 },
  'two users': { given: [recon, { ...stealth, who: 'bob' }], stories: 0, marked: 0 },
  'two tactics more than a day apart': { given: [recon, { ...stealth, minute: day + 1 }], stories: 0, marked: 0 },
  'two tactics, both low': { given: [{ ...recon, severity: 2 }, stealth], stories: 0, marked: 0 },
  'three tactics, all low': { given: [{ ...recon, severity: 2 }, stealth, persistence], stories: 0, marked: 0 },
  'an administrator who makes another one': { given: [admin, key], stories: 0, marked: 0 },
  'three tactics, two of them grave': { given: [admin, key, stealth], stories: 1, marked: 3 },
  'three tactics, one of them grave': {
    given: [admin, { ...key, severity: 2 }, stealth],
    stories: 0,
    marked: 0,
  },
  'two people in one role of the portal': {
    given: [
      { ...recon, ...portal },
      { ...stealth, ...portal, who: 'bob' },
    ],
    stories: 0,
    marked: 0,
  },
  'one person in a role of the portal': {
    given: [
      { ...recon, ...portal },
      { ...stealth, ...portal },
    ],
    stories: 1,
    marked: 2,
  },
  'two users from one public address': {
    given: [
      { ...recon, address: '203.0.113.9' },
      { ...stealth, who: 'bob', address: '203.0.113.9' },
    ],
    stories: 0,
    marked: 0,
  },
  'two users from one listed address': {
    given: [
      { ...recon, address: '203.0.113.9', listed: true },
      { ...stealth, who: 'bob', address: '203.0.113.9', listed: true },
    ],
    stories: 1,
    marked: 2,
  },
  'two users behind one private address': { given: [recon, { ...stealth, who: 'bob' }], stories: 0, marked: 0 },
  'a session of a role that the user assumed': {
    given: [recon, { ...stealth, who: 'bob', origin: { principal: arn('alice'), chain: [] } }],
    stories: 1,
    marked: 2,
  },
  'credentials of one instance': {
    given: [
      { ...recon, origin: { principal: arn('x'), chain: [], instance: 'i-1' } },
      { ...stealth, who: 'bob', origin: { principal: arn('y'), chain: [], instance: 'i-1' } },
    ],
    stories: 1,
    marked: 2,
  },
  'stages in two regions': { given: [recon, { ...stealth, region: 'us-east-1' }], stories: 1, marked: 2 },
  'stages of a day, and what was seen before it': {
    given: [
      { ...stealth, type: 'Stealth:S3/ServerAccessLoggingDisabled', minute: 0 },
      { ...persistence, minute: 0.9 * day },
      { ...recon, minute: 1.5 * day },
      { ...stealth, minute: 1.5 * day + 1 },
    ],
    stories: 1,
    marked: 3,
  },
  'a technique without a tactic': {
    given: [recon, { ...stealth, type: 'Custom:A/B', technique: '' }],
    stories: 0,
    marked: 0,
  },
  'what comes after the story was told': { given: [recon, stealth, persistence], stories: 1, marked: 3 },
};

describe('a story is told of', () => {
  test.each(Object.entries(cases))('%s', (_name, { given, stories, marked }) => {
    const seen = told(given);
    expect([seen.stories.length, seen.marked.length]).toEqual([stories, marked]);
    for (const { story } of seen.marked) expect(story?.id).toBe(seen.stories[0]!.id);
  });
});

test('says what went in, about the first credentials', () => {
  const [story] = told([recon, stealth]).stories;
  expect(story).toMatchObject({
    type: 'AttackSequence:IAM/CompromisedCredentials',
    severity: 9,
    description: {
      en: 'What the credentials of alice were used for adds up to an intrusion of 2 findings: defence evasion, discovery.',
      ja: 'alice の認証情報による 2 件の検出が 1 つの侵入を構成しています: 防御回避、探索。',
    },
    evidence: [{ time: Date.UTC(2026, 0, 5) }, { time: Date.UTC(2026, 0, 5, 0, 5) }],
    firstSeen: Date.UTC(2026, 0, 5),
    resource: { type: 'AttackSequence', accessKey: { userName: 'alice' } },
    additional: { tactics: ['defense-evasion', 'discovery'], findingTypes: [recon.type, stealth.type].sort() },
  });
});

test('two stories that turn out to be one are one story', () => {
  const mallory = { who: 'mallory', severity: 5 };
  const { stories, marked } = told([
    recon,
    stealth,
    { ...mallory, type: 'Recon:IAMUser/TorIPCaller', minute: 6 },
    { ...mallory, type: 'Stealth:S3/ServerAccessLoggingDisabled', minute: 7 },
    { ...mallory, type: persistence.type, minute: 8, origin: { principal: arn('alice'), chain: [] } },
  ]);
  const first = stories.find((story) => story.resource.accessKey?.userName === 'alice')!;
  expect(stories).toHaveLength(2);
  // The second story is itself a part of the first.
  expect(marked).toHaveLength(6);
  for (const { story } of marked) expect(story?.id).toBe(first.id);
});

test('the order of what happened at one time changes nothing', () => {
  const same = [recon, stealth, persistence, { ...persistence, type: 'Impact:IAMUser/AnomalousBehavior' }].map(
    (each) => ({ ...each, minute: 0 }),
  );
  const idsOf = (given: readonly Given[]) =>
    told(given)
      .all.map(({ id, story }) => `${id} ${story?.id}`)
      .sort();
  const expected = idsOf(same);
  fc.assert(
    fc.property(fc.shuffledSubarray(same, { minLength: same.length }), (given) => {
      expect(idsOf(given)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
