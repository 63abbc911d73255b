import { compile } from '../src/aws/iam/compile.ts';
import { evaluate } from '../src/aws/iam/evaluate.ts';
import { principalOf } from '../src/aws/iam/principal.ts';
import type { EvaluationRequest } from '../src/aws/iam/request.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';

const rounds = 5;
const decisions = 100_000;

/** A decision on a session's call by three policies with a condition each and a topic policy: a few microseconds. */
export async function iam(): Promise<readonly Figure[]> {
  const request = question();
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const seconds = await cpuOf(() => {
      for (let at = 0; at < decisions; at++) {
        if (evaluate(request).decision !== 'allowed') throw new Error('the bench measures a refusal');
      }
    });
    values.push((seconds * 1e6) / decisions);
  }
  const beside = 'CPU; three policies with conditions';
  return [figureOf('iam: a decision', values, { unit: 'us', atMost: 20, beside })];
}

function question(): EvaluationRequest {
  const statement = (Condition: object) => ({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sns:*', Resource: 'arn:aws:sns:*:*:topic-*', Condition },
  });
  const account = '111122223333';
  const principal = principalOf(`arn:aws:sts::${account}:assumed-role/worker/session`);
  if (!principal) throw new Error('the principal of the bench is not one');
  const policies = [
    statement({ Bool: { 'aws:SecureTransport': 'false' } }),
    statement({ DateLessThan: { 'aws:TokenIssueTime': '2026-01-05T00:00:00Z' } }),
    statement({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }),
  ].map((document, at) => ({ name: `p${at}`, policy: compile(document) }));
  return {
    principal,
    action: 'sns:GetTopicAttributes',
    resource: `arn:aws:sns:us-west-2:${account}:topic-17`,
    resourceAccount: account,
    context: {
      'aws:SecureTransport': false,
      'aws:TokenIssueTime': '2026-01-06T00:00:00Z',
      'aws:CurrentTime': '2026-01-06T00:10:00Z',
      'aws:EpochTime': 1767658200,
      'aws:SourceIp': '203.0.113.9',
      'aws:UserAgent': 'aws-cli/2.9.19',
      'aws:RequestedRegion': 'us-west-2',
      'aws:PrincipalArn': `arn:aws:iam::${account}:role/worker`,
      'aws:userid': 'AROAEXAMPLE:session',
      'aws:ViaAWSService': false,
    },
    identityPolicies: policies,
    resourcePolicies: [
      {
        name: 'topic policy',
        policy: compile({
          Version: '2012-10-17',
          Statement: { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*' },
        }),
      },
    ],
  };
}
