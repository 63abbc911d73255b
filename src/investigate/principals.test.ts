import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { others } from './counts.ts';
import { limits } from './limits.ts';
import { Principals, type PrincipalsBounds } from './principals.ts';

const parts = {
  family: ({ name }: { readonly name: string }) => (name.startsWith('List') ? 'Discovery' : 'Other'),
  remoteIp: (ipAddressV4: string) => ({ ipAddressV4, country: 'Japan' }),
};
const alice = 'arn:aws:iam::111122223333:user/alice';
const session = 'arn:aws:sts::111122223333:assumed-role/ops/s';

function call(n: number, more: JsonObject = {}, arn = alice): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', principalId: 'AIDA1', arn, accountId: '111122223333', accessKeyId: 'AKIA1' },
    eventTime: `2026-01-05T00:00:${String(n % 60).padStart(2, '0')}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-west-2',
    sourceIPAddress: '203.0.113.10',
    userAgent: 'cli',
    eventID: `id ${n}`,
    recipientAccountId: '111122223333',
    ...more,
  };
}

function seen(records: readonly (readonly [JsonObject, string?])[], bounds?: PrincipalsBounds) {
  const principals = new Principals(parts, bounds);
  for (const [record, principal] of records) {
    const row = activityOf(record);
    if (isProblem(row)) throw new Error(row.reason);
    if (principal !== undefined) row.origin = { principal, chain: ['arn:aws:iam::111122223333:role/ops'] };
    principals.see(row);
  }
  return principals;
}

test('counts what a principal tried and what was refused, by purpose', () => {
  const one = seen([[call(1)], [call(9, { errorCode: 'AccessDenied' })], [call(3, { eventName: 'PutObject' })]]).of(
    alice,
  );
  expect(one).toMatchObject({
    firstSeen: Date.UTC(2026, 0, 5, 0, 0, 1),
    lastSeen: Date.UTC(2026, 0, 5, 0, 0, 9),
    calls: { Discovery: { tried: 2, refused: 1 }, Other: { tried: 1, refused: 0 } },
    regions: [{ value: 'us-west-2', count: 3 }],
    addresses: [{ value: '203.0.113.10', count: 3, country: 'Japan' }],
    keys: [{ value: 'AKIA1', count: 3 }],
    sessions: [],
  });
});

test('a session belongs to the principal that it goes back to', () => {
  const principals = seen([[call(1)], [call(2, {}, session), alice]]);
  expect(principals.of(session)).toBeUndefined();
  expect(principals.of(alice)?.sessions).toEqual([
    { arn: session, chain: ['arn:aws:iam::111122223333:role/ops'], count: 1 },
  ]);
});

test('values without room are counted as others', () => {
  const agents = Array.from({ length: limits.values + 3 }, (_, n) => [call(n, { userAgent: `agent ${n}` })] as const);
  const one = seen(agents).of(alice);
  expect(one?.agents).toHaveLength(limits.values + 1);
  expect(one?.agents[0]).toEqual({ value: others, count: 3 });
});

test('tells what is new for a principal once it is known', () => {
  const usual = Array.from({ length: limits.usualCalls }, (_, n) => [call(n)] as const);
  const later = (more: JsonObject) => [call(99, { eventTime: '2026-01-07T00:00:00Z', ...more })] as const;
  const news = [
    later({ awsRegion: 'eu-west-1' }),
    later({ userAgent: 'cli/2.0 of another version' }),
    later({ userAgent: 'Boto3/1.0' }),
    later({ eventName: 'PutObject' }),
    later({ sourceIPAddress: '203.0.113.99' }),
    later({ awsRegion: 'eu-west-1' }),
  ];
  const firstSeen = Date.UTC(2026, 0, 7);
  expect(seen([...usual, ...news]).of(alice)?.unusual).toEqual([
    { kind: 'region', value: 'eu-west-1', firstSeen },
    { kind: 'agent', value: 'Boto3', firstSeen },
  ]);
  expect(seen([...usual.slice(1), ...news.slice(2, 3)]).of(alice)?.unusual, 'one call too few').toEqual([]);
});

describe('of more principals than there is room for', () => {
  const by = (name: string, n = 1) => [call(n, {}, `arn:aws:iam::111122223333:user/${name}`)] as const;
  const names = (principals: Principals) => [...principals.all()].map(({ principal }) => principal.split('/')[1]);

  test('the quietest are told in one sum, and who comes again says that it is not all', () => {
    const strangers = Array.from({ length: 6 }, (_, n) => by(`stranger${n}`, n + 10));
    const principals = seen([by('busy'), by('busy', 2), ...strangers, by('stranger0', 30)], few);
    expect(names(principals)).toEqual(['busy', 'stranger0', 'stranger4', 'stranger5']);
    expect(principals.of('arn:aws:iam::111122223333:user/stranger0')).toMatchObject({ partial: true });
    expect(principals.of('arn:aws:iam::111122223333:user/busy')).not.toHaveProperty('partial');
    expect(principals.folded()).toEqual({
      principals: 4,
      firstSeen: Date.UTC(2026, 0, 5, 0, 0, 10),
      lastSeen: Date.UTC(2026, 0, 5, 0, 0, 13),
      calls: { Discovery: { tried: 4, refused: 0 } },
    });
  });

  test('who is folded twice is one of them', () => {
    const strangers = Array.from({ length: 20 }, (_, n) => by(`stranger${n % 10}`, n));
    const principals = seen(strangers, few);
    expect(principals.folded()?.principals).toBe(10);
  });

  test('those of whom a finding speaks stay', () => {
    const principals = new Principals(parts, few);
    for (const [n, name] of ['bad', 'one', 'two', 'three', 'four', 'five', 'six'].entries()) {
      const row = activityOf(by(name, n)[0]);
      if (isProblem(row)) throw new Error(row.reason);
      principals.see(row);
      if (name === 'bad') principals.mark({ evidence: [row.keep()] });
    }
    expect(names(principals)).toContain('bad');
  });

  test('what they say is bounded, few as they are', () => {
    const wordy = (name: string) =>
      Array.from({ length: 30 }, (_, n) => [call(n, { userAgent: `${n} ${'x'.repeat(250)}` }, name)] as const);
    const principals = seen([...wordy('a'), ...wordy('b'), ...wordy('c')], { principals: 9, principalBytes: 32_000 });
    expect(principals.folded()).toMatchObject({ principals: 1 });
  });

  test('all are told where there is room', () => {
    expect(seen([by('one')]).folded()).toBeUndefined();
  });
});

const few = { principals: 4, principalBytes: 1e6 };
