import { describe, expect, it } from 'vitest';
import { call, example } from '../detect/examples.ts';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { limits } from './limits.ts';
import { Lineage } from './lineage.ts';

const role = (name: string) => `arn:aws:iam::${example.account}:role/${name}`;
const alice = `arn:aws:iam::${example.account}:user/alice`;

/** `by` takes the role; the session's key is the one that `example.call` gives to that session. */
function assumes(by: string, name: string, session: string): JsonObject {
  const accessKeyId = `ASIA${session
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(16, 'X')
    .slice(0, 16)}`;
  return call('sts:AssumeRole', {
    by,
    request: { roleArn: role(name), roleSessionName: session },
    response: { credentials: { accessKeyId } },
  });
}

describe('who became whom', () => {
  it.each<[string, readonly JsonObject[], unknown]>([
    ['a user acts as itself', [call('s3:ListBuckets')], undefined],
    [
      'a session comes from who took the role',
      [assumes('alice', 'A', 'one'), call('s3:ListBuckets', { by: 'role:A/one' })],
      { principal: alice, chain: [role('A')] },
    ],
    [
      'a chain of roles comes from its beginning',
      [assumes('alice', 'A', 'one'), assumes('role:A/one', 'B', 'two'), call('s3:ListBuckets', { by: 'role:B/two' })],
      { principal: alice, chain: [role('A'), role('B')] },
    ],
    [
      'a refused call gives nothing',
      [{ ...assumes('alice', 'A', 'one'), errorCode: 'AccessDenied' }, call('s3:ListBuckets', { by: 'role:A/one' })],
      undefined,
    ],
    [
      'an instance is told by its session',
      [call('s3:ListBuckets', { by: `role:Web/${example.instance}` })],
      { principal: role('Web'), chain: [], instance: example.instance },
    ],
    [
      'an instance is told by who took its role',
      [
        assumes('ec2.amazonaws.com', 'Web', example.instance),
        call('s3:ListBuckets', { by: `role:Web/${example.instance}` }),
      ],
      { principal: 'ec2.amazonaws.com', chain: [role('Web')], instance: example.instance },
    ],
    [
      'a session that somebody calls like an instance is none',
      [assumes('alice', 'Web', example.instance), call('s3:ListBuckets', { by: `role:Web/${example.instance}` })],
      { principal: alice, chain: [role('Web')] },
    ],
    [
      'a function is told by who took its role',
      [assumes('lambda.amazonaws.com', 'F', 'resize'), call('s3:ListBuckets', { by: 'role:F/resize' })],
      { principal: 'lambda.amazonaws.com', chain: [role('F')], function: 'resize' },
    ],
    [
      'another account knows nothing of it',
      [
        assumes('alice', 'A', 'one'),
        { ...call('s3:ListBuckets', { by: 'role:A/one' }), recipientAccountId: example.otherAccount },
      ],
      undefined,
    ],
  ])('%s', (_, records, origin) => {
    const lineage = new Lineage();
    const origins = records.map((record) => {
      const row = activityOf(record);
      if (isProblem(row)) throw new Error(row.reason);
      return lineage.of(row);
    });
    expect(origins.at(-1)).toEqual(origin);
  });
});

describe('of more sessions than there is room for', () => {
  const origins = (records: readonly JsonObject[]) => {
    const lineage = new Lineage();
    const told = records.map((record) => {
      const row = activityOf(record);
      if (isProblem(row)) throw new Error(row.reason);
      return lineage.of(row);
    });
    return { evicted: lineage.evicted, last: told.at(-1) };
  };
  // The names of roles are what fills the memory.
  const long = 'x'.repeat(limits.bytes / 4);
  const others = (count: number) => Array.from({ length: count }, (_, n) => assumes('bob', long, `other${n}`));
  const uses = call('s3:ListBuckets', { by: 'role:A/one' });

  it('those learnt first are forgotten, and counted', () => {
    expect(origins([assumes('alice', 'A', 'one'), ...others(3), uses])).toMatchObject({
      evicted: 0,
      last: { principal: alice },
    });
    expect(origins([assumes('alice', 'A', 'one'), ...others(5), uses])).toEqual({ evicted: 3, last: undefined });
  });

  it('a session that is learnt again is held once', () => {
    const same = Array.from({ length: 9 }, () => assumes('bob', long, 'other'));
    expect(origins([assumes('alice', 'A', 'one'), ...same, uses]).evicted).toBe(0);
  });
});
