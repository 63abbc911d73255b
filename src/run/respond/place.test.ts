import { expect, it } from 'vitest';
import { isLoopback, placeOf, type Said } from './place.ts';

const about = { account: '111122223333', partition: 'aws', region: 'eu-west-1' };
const keys = { accessKeyId: 'AKIAX', secretAccessKey: 's' };
const said = (more: Partial<Said>): Said => ({ about, account: undefined, endpoint: undefined, keys, ...more });
const here = 'http://127.0.0.1:4566';
const there = 'https://ec2.example.com';

it.each<[string, Partial<Said>, string]>([
  ['a real account that nobody named', {}, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['an endpoint elsewhere without an account', { endpoint: there }, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['an address of this machine that is not loopback', { endpoint: 'http://0.0.0.0:4566' }, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['a name that begins like one', { endpoint: 'http://localhost.example.com' }, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['a name before an @', { endpoint: 'http://127.0.0.1@example.com' }, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['what is no URL', { endpoint: '127.0.0.1' }, 'RESPOND_ACCOUNT_NOT_NAMED'],
  ['another account than the finding says', { account: '999999999999' }, 'RESPOND_OTHER_ACCOUNT'],
  ['another account, here too', { account: '999999999999', endpoint: here }, 'RESPOND_OTHER_ACCOUNT'],
  ['no keys', { account: about.account, keys: undefined }, 'RESPOND_NO_CREDENTIALS'],
  ['no keys, here too', { endpoint: here, keys: undefined }, 'RESPOND_NO_CREDENTIALS'],
  ['a wire in the clear', { account: about.account, endpoint: 'http://ec2.example.com' }, 'RESPOND_NOT_ENCRYPTED'],
  [
    'a region that would choose the host',
    { account: about.account, about: { ...about, region: 'example.com/' } },
    'RESPOND_NO_REGION',
  ],
  ['no region', { endpoint: here, about: { ...about, region: '' } }, 'RESPOND_NO_REGION'],
  [
    'a partition without known endpoints',
    { account: about.account, about: { ...about, partition: 'aws-eusc' } },
    'RESPOND_PARTITION_UNKNOWN',
  ],
])('refuses %s', (_name, more, code) => {
  expect(() => placeOf(said(more))).toThrow(expect.objectContaining({ code }));
});

it.each<[string, string, string, object]>([
  [
    'aws',
    'eu-west-1',
    'us-east-1',
    {
      iam: 'https://iam.amazonaws.com',
      ec2: 'https://ec2.eu-west-1.amazonaws.com',
      sts: 'https://sts.eu-west-1.amazonaws.com',
    },
  ],
  [
    'aws-cn',
    'cn-northwest-1',
    'cn-north-1',
    {
      iam: 'https://iam.cn-north-1.amazonaws.com.cn',
      ec2: 'https://ec2.cn-northwest-1.amazonaws.com.cn',
      sts: 'https://sts.cn-northwest-1.amazonaws.com.cn',
    },
  ],
  [
    'aws-us-gov',
    'us-gov-east-1',
    'us-gov-west-1',
    {
      iam: 'https://iam.us-gov.amazonaws.com',
      ec2: 'https://ec2.us-gov-east-1.amazonaws.com',
      sts: 'https://sts.us-gov-east-1.amazonaws.com',
    },
  ],
])("writes out AWS's endpoints of %s", (partition, region, globalRegion, endpoints) => {
  const place = placeOf(said({ account: about.account, about: { ...about, partition, region } }));
  expect(place).toMatchObject({ endpoints, globalRegion, loopback: false });
});

it('goes to the endpoint that is given, for every service', () => {
  expect(placeOf(said({ endpoint: here }))).toMatchObject({ endpoints: { iam: here, ec2: here, sts: here } });
});

it.each([
  ['http://127.0.0.1:4566', true],
  ['http://127.8.9.1', true],
  ['http://localhost:1', true],
  ['http://[::1]:4566', true],
  ['http://128.0.0.1', false],
  ['http://127.0.0.1.example.com', false],
])('of %s says %s', (endpoint, expected) => {
  expect(isLoopback(endpoint)).toBe(expected);
});
