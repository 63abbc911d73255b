import { expect, it } from 'vitest';
import { notice } from '../../../test/fakes/notice.ts';
import { fakeWorld, refusal } from '../../../test/fakes/world.ts';
import { subjectOf } from '../subject.ts';
import { blockAddress } from './block-address.ts';

interface Entry {
  readonly RuleNumber: number;
  readonly Egress: boolean;
  readonly RuleAction: string;
  readonly Protocol: string;
  readonly CidrBlock: string;
}
const entry = (RuleNumber: number, more: Partial<Entry> = {}): Entry => ({
  RuleNumber,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...more,
});
const usual = [
  entry(100),
  entry(100, { Egress: true }),
  entry(32767, { RuleAction: 'deny' }),
  entry(32767, { RuleAction: 'deny', Egress: true }),
];

const about = (type: string, role = 'TARGET') =>
  subjectOf(
    notice(type, {
      resource: {
        instanceDetails: {
          instanceId: 'i-1',
          networkInterfaces: [{ subnetId: 'subnet-1' }],
          tags: [{ key: 'k', value: 'mine' }],
        },
      },
      service: {
        resourceRole: role,
        action: {
          networkConnectionAction: {
            protocol: 'TCP',
            localPortDetails: { port: 22 },
            remotePortDetails: { port: 443 },
            remoteIpDetails: { ipAddressV4: '198.51.100.9' },
          },
        },
      },
    }).detail,
  );
const target = about('UnauthorizedAccess:EC2/SSHBruteForce');
const malicious = about('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom');

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

function fakeAcl(start: readonly Entry[]) {
  const entries = [...start];
  const tags: Tag[] = [];
  const associations = [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }];
  const answers = {
    DescribeNetworkAcls: ({ Filters: [filter] }: { Filters: { Name: string; Values: string[] }[] }) => {
      const isMeant = filter?.Name !== 'tag-key' || tags.some(({ Key }) => Key === filter.Values[0]);
      const acl = { NetworkAclId: 'acl-1', Entries: entries, Associations: associations, Tags: tags };
      return { NetworkAcls: isMeant ? [acl] : [] };
    },
    CreateTags: ({ Tags }: { Tags: Tag[] }) => void tags.push(...Tags),
    DeleteTags: () => void tags.splice(0),
    CreateNetworkAclEntry: (input: Entry) => {
      if (entries.some((each) => each.RuleNumber === input.RuleNumber && each.Egress === input.Egress))
        throw refusal('NetworkAclEntryAlreadyExists');
      entries.push(input);
    },
    DeleteNetworkAclEntry: (input: Entry) => {
      entries.splice(
        entries.findIndex((each) => each.RuleNumber === input.RuleNumber && each.Egress === input.Egress),
        1,
      );
    },
  };
  return { entries, tags, answers };
}

it.each([
  ['ingress for a brute force', target, false],
  ['egress for a caller on a list', malicious, true],
])('denies %s, sees it, and takes back exactly its own entry', async (_name, subject, egress) => {
  const { entries, tags, answers } = fakeAcl(usual);
  const { world, called } = fakeWorld(answers);
  expect(await blockAddress.verify(subject, world)).toMatchObject({ verdict: 'remains' });
  const plan = await blockAddress.plan(subject, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  expect(plan.target).toEqual({ networkAclId: 'acl-1', number: 99, egress, cidr: '198.51.100.9/32' });
  expect(plan.steps[0]?.why.en).toContain('subnet-2');
  await blockAddress.run(plan.target, subject, world);
  expect(await blockAddress.verify(subject, world)).toMatchObject({ verdict: 'resolved' });
  expect(await blockAddress.plan(subject, world)).toMatchObject({ kind: 'nothing to do' });
  expect(await blockAddress.undo(subject, world)).toMatchObject({ kind: 'undone' });
  expect({ entries, tags }).toEqual({ entries: usual, tags: [] });
  expect(await blockAddress.undo(subject, world)).toMatchObject({ kind: 'nothing to undo' });
  expect([...new Set(called)].sort()).toEqual(blockAddress.permissions.flatMap(({ actions }) => actions).sort());
});

it.each<[string, readonly Entry[], object]>([
  [
    'takes the highest free number below the lowest that admits',
    [entry(50, { RuleAction: 'deny', CidrBlock: '203.0.113.1/32' }), entry(51), entry(100)],
    { kind: 'steps', target: { number: 49 } },
  ],
  ['finds nothing to do where nothing admits', [entry(10, { CidrBlock: '203.0.113.0/24' })], { kind: 'nothing to do' }],
  [
    'finds nothing to do where a wider entry denies',
    [entry(5, { RuleAction: 'deny', CidrBlock: '198.51.100.0/24' }), entry(100)],
    { kind: 'nothing to do' },
  ],
  [
    'gives up without a free number',
    [entry(1)],
    { kind: 'unsupported', why: { en: expect.stringContaining('below entry 1') } },
  ],
  [
    'gives up at the quota',
    Array.from({ length: 20 }, (_, index) => entry(100 + index)),
    { kind: 'unsupported', why: { en: expect.stringContaining('20') } },
  ],
])('%s', async (_name, entries, expected) => {
  const { world } = fakeWorld(fakeAcl(entries).answers);
  expect(await blockAddress.plan(target, world)).toMatchObject(expected);
});

it('does not shield the attacker', async () => {
  const { world, called } = fakeWorld(fakeAcl(usual).answers);
  const plan = await blockAddress.plan(about('UnauthorizedAccess:EC2/SSHBruteForce', 'ACTOR'), world);
  expect(plan).toMatchObject({ kind: 'nothing to do' });
  expect(called).toEqual([]);
});

it('leaves an instance out of scope alone', async () => {
  const { world } = fakeWorld(fakeAcl(usual).answers, { scopeTagValue: 'other' });
  expect(await blockAddress.plan(target, world)).toMatchObject({ kind: 'nothing to do' });
});

it('takes the next number when it loses a race', async () => {
  const { entries, answers } = fakeAcl(usual);
  const { world } = fakeWorld(answers);
  const plan = await blockAddress.plan(target, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  entries.push(entry(99, { RuleAction: 'deny', CidrBlock: '203.0.113.9/32' }));
  expect(await blockAddress.run(plan.target, target, world)).toMatchObject({ target: { number: 98 } });
});

it.each<[string, Partial<Entry>]>([
  ['turned into another', { CidrBlock: '203.0.113.9/32' }],
  ['narrowed to a port', { Protocol: '6' }],
  ['turned into an allow', { RuleAction: 'allow' }],
])('leaves its entry alone when somebody has it %s', async (_name, change) => {
  const { entries, answers } = fakeAcl(usual);
  const { world } = fakeWorld(answers);
  const plan = await blockAddress.plan(target, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  await blockAddress.run(plan.target, target, world);
  entries.push({ ...entries.pop()!, ...change });
  const before = [...entries];
  expect(await blockAddress.undo(target, world)).toMatchObject({ kind: 'nothing to undo' });
  expect(entries).toEqual(before);
});

it('undoes no entry that answers another finding', async () => {
  const { entries, answers } = fakeAcl(usual);
  const { world } = fakeWorld(answers);
  const plan = await blockAddress.plan(target, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  await blockAddress.run(plan.target, target, world);
  const other = { ...target, findingId: 'e'.repeat(32) };
  expect(await blockAddress.undo(other, world)).toMatchObject({ kind: 'nothing to undo' });
  expect(entries).toHaveLength(usual.length + 1);
});
