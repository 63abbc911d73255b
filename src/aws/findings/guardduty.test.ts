import { expect, test } from 'vitest';
import type { Action, Finding, Resource } from '../../model/finding.ts';
import { toGuardDuty } from './guardduty.ts';
import { noticeOf } from './notice.ts';

const form = { detectorId: () => 'd1' };
const time = Date.UTC(2026, 0, 5);
const words = { en: 'Seen', ja: '見えた' };
const remoteIp = { ipAddressV4: '198.51.100.66', country: 'France', asn: '64501', asnOrg: 'Example' };
const shownRemote = {
  ipAddressV4: '198.51.100.66',
  country: { countryName: 'France' },
  organization: { asn: '64501', asnOrg: 'Example', isp: 'Example', org: 'Example' },
};

function finding(more: Partial<Finding> = {}): Finding {
  return {
    account: '111122223333',
    region: 'us-west-2',
    id: 'f1',
    type: 'Recon:A/B',
    title: words,
    description: words,
    severity: 5,
    technique: 'T1526',
    resource: { type: 'AccessKey' },
    counterpart: '',
    evidence: [],
    episode: 0,
    count: 3,
    firstSeen: time,
    lastSeen: time + 1_000,
    createdAt: time + 2_000,
    updatedAt: time + 3_000,
    archived: false,
    ...more,
  };
}

test('a finding is as the API and the bus spell it', () => {
  expect(toGuardDuty(finding(), form)).toEqual({
    schemaVersion: '2.0',
    accountId: '111122223333',
    region: 'us-west-2',
    partition: 'aws',
    id: 'f1',
    arn: 'arn:aws:guardduty:us-west-2:111122223333:detector/d1/finding/f1',
    type: 'Recon:A/B',
    resource: { resourceType: 'AccessKey' },
    service: {
      serviceName: 'guardduty',
      detectorId: 'd1',
      resourceRole: 'TARGET',
      additionalInfo: { value: '{}', type: 'default' },
      eventFirstSeen: '2026-01-05T00:00:00.000Z',
      eventLastSeen: '2026-01-05T00:00:01.000Z',
      archived: false,
      count: 3,
    },
    severity: 5,
    createdAt: '2026-01-05T00:00:02.000Z',
    updatedAt: '2026-01-05T00:00:03.000Z',
    title: 'Seen',
    description: 'Seen',
  });
});

test.each<[string, Resource, object]>([
  [
    'a bucket, made at a time in seconds',
    { type: 'S3Bucket', buckets: [{ name: 'b', arn: 'arn:b', createdAt: time }] },
    { resourceType: 'S3Bucket', s3BucketDetails: [{ name: 'b', arn: 'arn:b', createdAt: time / 1_000 }] },
  ],
  [
    'an instance, launched at a time in words',
    { type: 'Instance', instance: { instanceId: 'i-1', launchTime: time, networkInterfaces: [], tags: [] } },
    {
      resourceType: 'Instance',
      instanceDetails: {
        instanceId: 'i-1',
        launchTime: '2026-01-05T00:00:00.000Z',
        networkInterfaces: [],
        tags: [],
      },
    },
  ],
  ['a sequence', { type: 'AttackSequence' }, { resourceType: 'AttackSequence' }],
])('it is about %s', (_what, resource, shown) => {
  expect(toGuardDuty(finding({ resource }), form)).toMatchObject({ resource: shown });
});

test('a sequence is about several, so nothing is its target', () => {
  expect(toGuardDuty(finding({ resource: { type: 'AttackSequence' } }), form)['service']).not.toHaveProperty(
    'resourceRole',
  );
});

const call = {
  actionType: 'AWS_API_CALL',
  api: 'GetKey',
  serviceName: 'kms.amazonaws.com',
  callerType: 'Remote IP',
} as const;
test.each<[string, Action, Partial<Resource>, object]>([
  [
    'a call',
    { ...call, remoteIp, affectedResources: { a: 'b' } },
    {},
    { api: 'GetKey', remoteIpDetails: shownRemote, affectedResources: { a: 'b' } },
  ],
  ['a call of a service', { ...call, domain: 'x' }, {}, { domainDetails: { domain: 'x' }, affectedResources: {} }],
  ['a call about what has no details', call, { arn: 'arn:k' }, { affectedResources: { AccessKey: 'arn:k' } }],
  ['a call about nothing', call, { arn: '' }, { affectedResources: {} }],
])('it tells of %s', (_what, action, more, awsApiCallAction) => {
  const shown = toGuardDuty(finding({ action, resource: { type: 'AccessKey', ...more } }), form);
  expect(shown['service']).toMatchObject({ action: { actionType: 'AWS_API_CALL', awsApiCallAction } });
});

test('it tells of a connection by ports and addresses of both families', () => {
  const action = {
    actionType: 'NETWORK_CONNECTION',
    direction: 'INBOUND',
    protocol: 'TCP',
    localPort: 22,
    localIp: '10.0.0.1',
    remotePort: 40_000,
    remoteIp: { ipAddressV4: '2001:db8::1' },
    blocked: false,
  } as const;
  expect(toGuardDuty(finding({ action }), form)['service']).toMatchObject({
    action: {
      networkConnectionAction: {
        connectionDirection: 'INBOUND',
        localPortDetails: { port: 22, portName: 'SSH' },
        remotePortDetails: { port: 40_000, portName: 'Unknown' },
        remoteIpDetails: { ipAddressV6: '2001:db8::1' },
      },
    },
  });
});

test('it names the list that matched, and its story', () => {
  const additional = { threatListName: 'bad', threatName: 'worse' };
  const story = { account: '111122223333', region: 'eu-west-1', id: 's1' };
  expect(toGuardDuty(finding({ additional, story }), form)).toMatchObject({
    service: {
      additionalInfo: { threatListName: 'bad', value: JSON.stringify(additional) },
      evidence: { threatIntelligenceDetails: [{ threatListName: 'bad', threatNames: ['worse'] }] },
    },
    associatedAttackSequenceArn: 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1/finding/s1',
  });
});

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('in %s it is of the partition %s', (region, partition) => {
  expect(toGuardDuty(finding({ region }), form)).toMatchObject({
    partition,
    arn: expect.stringMatching(`^arn:${partition}:`),
  });
});

test.each([
  ['Recon:A/B', 'aws.guardduty', 'GuardDuty Finding'],
  ['Custom:A/B', 'yagura', 'Yagura Finding'],
])('the notice of %s comes from %s', (type, source, detailType) => {
  const notice = noticeOf(finding({ type }), form);
  expect(notice).toMatchObject({ source, 'detail-type': detailType, time: '2026-01-05T00:00:03Z' });
  expect(notice.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
