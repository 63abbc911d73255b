import { describe, expect, test } from 'vitest';
import { loadAuthorization } from '../load.ts';
import type { Authorization } from '../requirement.ts';
import { cloudformation } from './cloudformation.ts';
import { cloudtrail } from './cloudtrail.ts';
import { ec2 } from './ec2.ts';
import { events } from './events.ts';
import { facts, type Golden, line } from './golden.ts';
import { guardduty } from './guardduty.ts';
import { iam } from './iam.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { logs } from './logs.ts';
import { s3 } from './s3.ts';
import { sns } from './sns.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';

const all = { sts, iam, s3, cloudtrail, logs, events, sns, lambda, guardduty, cloudformation, ec2, ssm, kms };
const authorizations = new Map<string, Authorization>();
for (const service of Object.keys(all)) authorizations.set(service, await loadAuthorization(service));

/** Of a service of the tables above. */
function authorizationOf(service: string): Authorization {
  const found = authorizations.get(service);
  if (!found) throw new Error(`no golden service ${service}`);
  return found;
}

function check(authorization: Authorization, [operation, input, ...needs]: Golden): void {
  expect(authorization.unmapped(operation)).toEqual([]);
  expect(authorization.requirementsOf(operation, input, facts).map(line)).toEqual(needs);
}

describe.each(Object.entries(all) as [string, readonly Golden[]][])('%s', (service, goldens) => {
  test.each(goldens.map((golden) => [golden[0], JSON.stringify(golden[1]), golden] as const))(
    '%s %s',
    (_a, _b, golden) => {
      check(authorizationOf(service), golden);
    },
  );
});

describe('what is not decided is said, and never reads as *', () => {
  const cases = [
    ['a member that lacks', 'sns', 'DeleteTopic', {}, 'sns:DeleteTopic undecided: input'],
    ['an operation without an entry', 's3', 'CreateSession', { Bucket: 'b' }, 's3:CreateSession undecided: table'],
    [
      'a resource type that nothing binds',
      'lambda',
      'GetDurableExecution',
      {},
      'lambda:GetDurableExecution undecided: table',
    ],
  ] as const;
  test.each(cases)('%s', (_name, service, operation, input, expected) => {
    expect(authorizationOf(service).requirementsOf(operation, input, facts).map(line)).toEqual([expected]);
  });

  test('state that does not answer', () => {
    const { resolve: _, ...stateless } = facts;
    const [first] = authorizationOf('iam').requirementsOf('GetUser', { UserName: 'ann' }, stateless);
    expect(first && line(first)).toBe('iam:GetUser undecided: state');
  });

  test('what an operation asks of state can be known before it is called', () => {
    expect(authorizationOf('iam').asksOf('AttachRolePolicy')).toEqual({
      resolvers: ['iam:role'],
      keys: ['iam:PermissionsBoundary'],
    });
    expect(authorizationOf('sns').asksOf('Publish')).toEqual({ resolvers: [], keys: [] });
  });

  test('input of any type', () => {
    for (const value of [null, 7, [], [null], {}, { Objects: [1] }, true, '']) {
      for (const [service, goldens] of Object.entries(all) as [string, readonly Golden[]][]) {
        for (const [operation, input] of goldens) {
          const odd = Object.fromEntries(Object.keys(input).map((name) => [name, value]));
          expect(() => authorizationOf(service).requirementsOf(operation, odd, facts)).not.toThrow();
        }
      }
    }
  });
});
