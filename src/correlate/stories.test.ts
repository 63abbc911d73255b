import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedForm } from '../aws/findings/guardduty.ts';
import { hub } from '../findings/hub.ts';
import { memoryStore } from '../findings/store.ts';
import type { Evidence } from '../model/activity.ts';
import type { Finding, Sighting } from '../model/finding.ts';
import { limits } from './limits.ts';
import { Stories } from './stories.ts';

const account = '111122223333';
const arn = (name: string) => `arn:aws:iam::${account}:user/${name}`;

interface Given {
  readonly type: string;
  readonly who: string;
  readonly minute?: number;
  readonly severity?: number;
  readonly technique?: string;
  readonly region?: string;
  readonly address?: string;
  readonly origin?: Evidence['origin'];
  /** The address is on a threat list. */
  readonly listed?: boolean;
  /** Acts in this role of the portal, under the name. */
  readonly portalRole?: string;
}

function sighting(given: Given): Sighting {
  const { type, who, minute = 0, severity = 5, technique = 'T1562', region = 'us-west-2' } = given;
  const time = Date.UTC(2026, 0, 5) + minute * 60_000;
  const { portalRole } = given;
  const principal =
    portalRole === undefined
      ? arn(who)
      : `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${portalRole}`;
  const evidence: Evidence = {
    id: JSON.stringify(given),
    kind: 'api-call',
    time,
    source: 'iam.amazonaws.com',
    name: 'Any',
    principal,
    ...(given.origin === undefined ? {} : { origin: given.origin }),
    address: given.address ?? '10.0.0.1',
    error: '',
    place: { file: 0, offset: 0 },
  };
  const accessKey = {
    accessKeyId: '',
    principalId: portalRole === undefined ? `id of ${who}` : `${portalRole}:${who}`,
    userName: who,
    userType: 'IAMUser',
  };
  const words = { en: type, ja: type };
  return {
    detector: type,
    account,
    region,
    type,
    title: words,
    description: words,
    severity,
    technique,
    resource: { type: 'AccessKey', accessKey },
    counterpart: '',
    time,
    evidence: [evidence],
    ...(given.listed === true ? { additional: { threatListName: 'bad' } } : {}),
  };
}

/** What findings and stories are after all sightings. */
function told(given: readonly Given[], stories = new Stories()) {
  const store = memoryStore();
  const findings = hub(store, derivedForm);
  for (const each of given.map(sighting)) {
    const { finding } = findings.take(each, each.time)!;
    for (const story of stories.see(each, finding)) {
      const as = findings.take(story.sighting, each.time)?.finding ?? story.as!;
      stories.told(story, as);
      for (const of of story.of) if (of.id !== as.id) findings.tell(of, as, each.time);
    }
  }
  const all = [...store.everything()];
  return { all, stories: all.filter(isStory), marked: all.filter(({ story }) => story !== undefined) };
}

function isStory({ type }: Finding): boolean {
  return type.startsWith('AttackSequence:');
}

const recon = { type: 'Recon:IAMUser/MaliciousIPCaller', who: 'alice' };
const stealth = { type: 'Stealth:IAMUser/PasswordPolicyChange', who: 'alice', minute: 5, severity: 2 };
const persistence = { type: 'Persistence:IAMUser/AnomalousBehavior', who: 'alice', minute: 9, severity: 2 };
const admin = { type: 'PrivilegeEscalation:IAM/AccountManipulation', who: 'alice', severity: 8 };
const key = { type: 'Persistence:IAM/AccountManipulation', who: 'alice', minute: 1, severity: 8 };
const portal = { portalRole: 'Admin' };
const day = limits.windowMs / 60_000;

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

describe('data in buckets', () => {
  const looked = { type: 'Discovery:S3/MaliciousIPCaller', who: 'alice', technique: 'T1619', severity: 8 };
  const destroyed = { type: 'Impact:S3/MaliciousIPCaller', who: 'alice', minute: 5, technique: 'T1485', severity: 8 };
  const types = (given: readonly Given[]) => told(given).stories.map(({ type }) => type);
  const both = ['AttackSequence:IAM/CompromisedCredentials', 'AttackSequence:S3/CompromisedData'];

  test('that is looked for and destroyed is a story beside that of the credentials', () => {
    expect(types([looked, destroyed]).sort()).toEqual(both);
    const all = told([looked, destroyed, { ...destroyed, minute: 9, technique: 'T1486' }]);
    expect(all.stories).toHaveLength(2);
    expect(new Set(all.marked.map(({ story }) => story?.id)).size).toBe(1);
  });

  test.each<[string, readonly Given[]]>([
    ['only looked for', [looked, { ...stealth, severity: 8 }]],
    ['by two', [looked, { ...destroyed, who: 'bob' }]],
    ['a bucket that was opened', [looked, { ...destroyed, type: 'Policy:S3/BucketAnonymousAccessGranted' }]],
    ['days apart', [looked, { ...destroyed, minute: 3 * 24 * 60 }]],
  ])('is none: %s', (_, given) => {
    expect(types(given)).not.toContain('AttackSequence:S3/CompromisedData');
  });
});
