import { expect, test } from 'vitest';
import type { Resource, Sighting } from '../model/finding.ts';
import { findingId, identityOf } from './identity.ts';

const key = { accessKeyId: 'AKIA', principalId: 'AROA:session', userName: 'app', userType: 'AssumedRole' };
const instance = { instanceId: 'i-1', networkInterfaces: [{ networkInterfaceId: 'eni-1' }] };

function idOf(more: Partial<Omit<Sighting, 'resource'>>, resource: object = { type: 'AccessKey', accessKey: key }) {
  const facts = { account: '111122223333', region: 'us-west-2', type: 'Recon:A/B', counterpart: '', ...more };
  return findingId(identityOf({ ...facts, resource: resource as Resource } as Sighting), 0);
}

// What somebody noted of a finding is found again after an update of Yagura.
test.each<[string, string, string]>([
  ['of a role', idOf({}), 'beceff62fbbce6e120e96b4f46fca65b'],
  [
    'with a signal, a role and another side',
    idOf({ signal: 's', role: 'TARGET', counterpart: '192.0.2.1' }),
    '1e35ba20348e7607cb9da8156c6280cd',
  ],
  ['of an instance', idOf({}, { type: 'Instance', instance }), 'e9d48b5f68343a11692ed7b2644317fa'],
  [
    'of an interface',
    idOf({}, { type: 'Instance', instance: { ...instance, instanceId: '' } }),
    '274f308d66f832a2950698e2e24a9c79',
  ],
  [
    'of buckets',
    idOf({}, { type: 'S3Bucket', buckets: [{ arn: 'arn:a' }, { arn: 'arn:b' }] }),
    '699614e7fdd42cb3ee04fd0e85ce6c23',
  ],
  [
    'of a function',
    idOf({}, { type: 'Lambda', lambda: { functionName: 'f', functionArn: 'arn:f' } }),
    'b80f331d2cee34e289074dd2ba52fc63',
  ],
  ['of what has no details', idOf({}, { type: 'Other', arn: 'arn:o' }), '3db1f53f6fbff3269d2709baa1ba8541'],
  [
    'of a user without an id',
    idOf({}, { type: 'AccessKey', accessKey: { ...key, principalId: '' } }),
    '40dfbaf9da7ade4dc513a387d4d74885',
  ],
])('the id of a finding %s stays', (_, id, expected) => {
  expect(id).toBe(expected);
});
