import { createHash } from 'node:crypto';
import { call } from '../src/detect/examples.ts';
import type { JsonObject } from '../src/model/json.ts';

// Events as a busy account's default bus carries them, and rules as its teams write them.

const calls = [
  's3:PutObject',
  'ec2:RunInstances',
  'iam:CreateUser',
  'sts:AssumeRole',
  'lambda:UpdateFunctionCode',
  'kms:Decrypt',
  'logs:CreateLogStream',
  'ssm:GetParameter',
];

export function madeEvents(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(JSON.stringify(envelope(index))));
}

function envelope(index: number): JsonObject {
  const hash = createHash('md5').update(String(index)).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20)}`;
  const name = calls[index % calls.length]!;
  const service = name.slice(0, name.indexOf(':'));
  const detail = call(name, {
    at: index,
    by: `role:Role${index % 50}/session-${index % 5_000}`,
    from: `192.0.2.${index % 250}`,
    ...(index % 20 === 0 ? { error: 'AccessDenied' } : {}),
    request: {
      bucketName: `bucket-${index % 300}`,
      key: `${hash}/${hash}`,
      maxItems: index % 1_000,
      tags: [{ key: 'team', value: `team-${index % 40}` }],
    },
    response: { requestId: id, items: [{ id: hash, state: 'available', size: index % 7 }] },
    agent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux md/arch#x86_64 lang/python#3.11 md/pyimpl#CPython',
    more: {
      eventID: id,
      requestID: id,
      tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: `${service}.us-west-2.amazonaws.com` },
    },
  });
  return {
    version: '0',
    id,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: '111122223333',
    time: '2026-01-05T00:00:00Z',
    region: 'us-west-2',
    resources: [],
    detail,
  };
}

export function madePatterns(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => patternOf(index));
}

function patternOf(index: number): JsonObject {
  const name = calls[index % calls.length]!;
  const [service = '', operation = ''] = name.split(':');
  const head = { source: [`aws.${service}`], 'detail-type': ['AWS API Call via CloudTrail'] };
  const made: readonly JsonObject[] = [
    {
      eventSource: [`${service}.amazonaws.com`],
      eventName: [operation],
      requestParameters: { bucketName: [`bucket-${index % 300}`] },
    },
    {
      eventName: [{ prefix: operation.slice(0, 3) }],
      errorCode: [{ exists: true }],
      userIdentity: { sessionContext: { sessionIssuer: { userName: [`Role${index % 50}`] } } },
    },
    { sourceIPAddress: [`192.0.2.${index % 250}`], requestParameters: { maxItems: [{ numeric: ['>', 500] }] } },
    {
      requestParameters: { tags: { key: ['team'], value: [`team-${index % 40}`] } },
      awsRegion: [{ 'anything-but': ['eu-west-1'] }],
    },
    { userIdentity: { arn: [{ wildcard: `*:assumed-role/Role${index % 50}/*` }] }, eventName: [operation] },
  ];
  return { ...head, detail: made[index % made.length]! };
}
