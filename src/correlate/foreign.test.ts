import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { foreignSighting } from './foreign.ts';
import { linksOf } from './links.ts';

const key = { accessKeyId: 'AKIA', principalId: 'AIDA', userName: 'ada', userType: 'IAMUser' };

function sightingOf(resource: JsonObject, more: JsonObject = {}) {
  const activity = activityOf({
    schemaVersion: '2.0',
    accountId: '111122223333',
    region: 'us-west-2',
    id: 'f1',
    type: 'Recon:IAMUser/TorIPCaller',
    title: 'APIs were called from Tor',
    severity: 5,
    updatedAt: '2026-01-05T00:10:00.000Z',
    resource,
    service: { action: { awsApiCallAction: { remoteIpDetails: { ipAddressV4: '198.51.100.66' } } } },
    ...more,
  });
  if (isProblem(activity)) throw new Error(activity.reason);
  return foreignSighting(activity);
}

test('a finding of somebody else is a sighting', () => {
  expect(sightingOf({ accessKeyDetails: key })).toMatchObject({
    detector: 'guardduty',
    account: '111122223333',
    region: 'us-west-2',
    type: 'Recon:IAMUser/TorIPCaller',
    title: { en: 'APIs were called from Tor' },
    description: {
      en: 'Found by guardduty: APIs were called from Tor',
      ja: 'guardduty の検出: APIs were called from Tor',
    },
    severity: 5,
    counterpart: '198.51.100.66',
    time: Date.UTC(2026, 0, 5, 0, 10),
    evidence: [{ kind: 'foreign-finding', principal: 'arn:aws:iam::111122223333:user/ada' }],
    additional: { foreignId: 'f1' },
  });
  expect(sightingOf({}, { title: '' }).title.en).toBe('Recon:IAMUser/TorIPCaller');
});

const { userType: _, ...named } = key;
test.each<[string, JsonObject, object]>([
  ['credentials', { accessKeyDetails: key }, { type: 'AccessKey', accessKey: { ...named, userType: '' } }],
  [
    'a session without a name',
    { accessKeyDetails: { accessKeyId: 'ASIA' } },
    { type: 'AccessKey', accessKey: { accessKeyId: 'ASIA', principalId: '', userName: '', userType: '' } },
  ],
  [
    'an instance',
    { instanceDetails: { instanceId: 'i-1' } },
    { type: 'Instance', instance: { instanceId: 'i-1', networkInterfaces: [], tags: [] } },
  ],
  [
    'a bucket',
    { s3BucketDetails: [{ arn: 'arn:aws:s3:::letters' }] },
    { type: 'S3Bucket', buckets: [{ arn: 'arn:aws:s3:::letters', name: 'letters' }] },
  ],
  ['anything else', {}, { type: 'Other' }],
])('it is about %s', (_what, resource, expected) => {
  expect(sightingOf(resource).resource).toEqual(expected);
});

test('it ties itself to what the logs tell of the same credentials, instance and address', () => {
  const links = linksOf(sightingOf({ accessKeyDetails: key, instanceDetails: { instanceId: 'i-1' } }));
  expect([...links].sort()).toEqual([
    'from 198.51.100.66',
    'instance i-1',
    'key AKIA',
    'who arn:aws:iam::111122223333:user/ada',
  ]);
});
