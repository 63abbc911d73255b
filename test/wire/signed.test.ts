import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, expect, test } from 'vitest';
import { clientConfig } from './client-row.ts';
import { bytesOf, echoServer } from './echo-server.ts';
import { send } from './raw.ts';

const secrets = {
  AKIAEXAMPLE: { secret: 'secret' },
  ASIAEXAMPLE: { secret: 'secret', sessionToken: 'token' },
  ASIAOLD: { secret: 'secret', sessionToken: 'token', expired: true },
};
const uploads: string[] = [];
const server = await echoServer(
  {
    's3.GetObject': () => ({ Body: Buffer.from('hello') }),
    's3.PutObject': async (input) => {
      uploads.push(String(await bytesOf(input['Body'] as AsyncIterable<Uint8Array>)));
      return {};
    },
    'sts.GetCallerIdentity': () => ({ Account: '111122223333' }),
  },
  secrets,
);
afterAll(() => server.close());

const config = clientConfig(server.endpoint);
const clients = {
  sts: (more: object) => new STSClient({ ...config, ...more }).send(new GetCallerIdentityCommand({})),
  cloudtrail: (more: object) => new CloudTrailClient({ ...config, ...more }).send(new DescribeTrailsCommand({})),
  ec2: (more: object) => new EC2Client({ ...config, ...more }).send(new DescribeVpcsCommand({})),
  guardduty: (more: object) => new GuardDutyClient({ ...config, ...more }).send(new ListDetectorsCommand({})),
  s3: (more: object) =>
    new S3Client({ ...config, forcePathStyle: true, ...more }).send(new GetObjectCommand({ Bucket: 'bkt', Key: 'k' })),
};

const keys = (accessKeyId: string, secretAccessKey = 'secret', sessionToken?: string) => ({
  credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
});
const refusals = [
  [
    'an unknown key',
    keys('AKIANOBODY'),
    [
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'AuthFailure',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
    ],
  ],
  [
    'another secret',
    keys('AKIAEXAMPLE', 'x'),
    [
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'AuthFailure',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
  ],
  [
    'another token',
    keys('ASIAEXAMPLE', 'secret', 'x'),
    [
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'AuthFailure',
      'UnrecognizedClientException',
      'InvalidToken',
    ],
  ],
  [
    'an expired token',
    keys('ASIAOLD', 'secret', 'token'),
    ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'ExpiredTokenException', 'ExpiredToken'],
  ],
  [
    'a clock twenty minutes slow',
    { systemClockOffset: -1_200_000 },
    [
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'RequestExpired',
      'InvalidSignatureException',
      'RequestTimeTooSkewed',
    ],
  ],
] as const;

const rows = refusals.flatMap(([what, more, names]) =>
  Object.values(clients).map((call, at) => [what, Object.keys(clients)[at]!, names[at]!, call, more] as const),
);

test.each(rows)('%s is refused by %s as %s', async (_, _service, name, call, more) => {
  await expect(call(more)).rejects.toMatchObject({ name });
});

test('a signature for one service is no good for another that a header names', async () => {
  const sts = new STSClient(config);
  const signer = await sts.config.signer({
    name: 'sigv4',
    signingName: 'sts',
    signingRegion: 'us-west-2',
    properties: {},
  });
  const target = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails';
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: server.port,
    path: '/',
    query: {},
    headers: {
      host: `127.0.0.1:${server.port}`,
      'x-amz-target': target,
      'content-type': 'application/x-amz-json-1.1',
    },
    body: '{}',
  });
  const answer = await fetch(`${server.endpoint}/`, { method: 'POST', headers: signed.headers, body: '{}' });
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 400,
    body: {
      __type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'cloudtrail'. ",
    },
  });
});

test('temporary keys with their token are taken', async () => {
  await expect(clients.sts(keys('ASIAEXAMPLE', 'secret', 'token'))).resolves.toMatchObject({ Account: '111122223333' });
});

async function presign(
  client: S3Client | STSClient,
  method: string,
  path: string,
  query: Record<string, string>,
  host = `127.0.0.1:${server.port}`,
) {
  const signer = await client.config.signer({
    name: 'sigv4',
    signingName: client instanceof S3Client ? 's3' : 'sts',
    signingRegion: 'us-west-2',
    properties: {},
  });
  const request = {
    method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path,
    query,
    headers: { host, ...(client instanceof S3Client ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {}) },
  };
  const options = { expiresIn: 60 };
  const signed = await (
    signer as unknown as { presign(request: object, options: object): Promise<{ query: Record<string, string> }> }
  ).presign(request, options);
  return `${path}?${Object.entries(signed.query)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&')}`;
}

test('a presigned GetObject is taken, changed it is not', async () => {
  const url = await presign(new S3Client(config), 'GET', '/bkt/a%20b', {});
  expect(await send(server.port, 'GET', url)).toMatchObject({ status: 200, text: 'hello' });
  expect(server.seen.at(-1)).toMatchObject({ input: { Key: 'a b' }, signed: { signed: { where: 'query' } } });
  expect((await send(server.port, 'GET', url.replace('a%20b', 'c'))).text).toContain(
    '<Code>SignatureDoesNotMatch</Code>',
  );
});

test('a presigned GetCallerIdentity is taken', async () => {
  const url = await presign(new STSClient(config), 'GET', '/', { Action: 'GetCallerIdentity', Version: '2011-06-15' });
  expect((await send(server.port, 'GET', url)).text).toContain('<Account>111122223333</Account>');
});

test.each([
  'bkt.s3.us-west-2.amazonaws.com',
  'bkt.s3.amazonaws.com',
  'bkt.localhost:4566',
  'bkt.s3.localhost:4566',
  'my.bkt.localhost',
])('the bucket comes from the Host %s', async (host) => {
  const url = await presign(new S3Client(config), 'PUT', '/k', {}, host);
  expect(await send(server.port, 'PUT', url, { host }, 'body')).toMatchObject({ status: 200 });
  expect(server.seen.at(-1)?.input).toMatchObject({ Bucket: host.startsWith('my.') ? 'my.bkt' : 'bkt', Key: 'k' });
});

test('what nobody signed is anonymous', async () => {
  expect((await send(server.port, 'GET', '/bkt/k')).text).toBe('hello');
  expect(server.seen.at(-1)?.signed).toEqual({ kind: 'anonymous' });
});

test('an upload with a wrong checksum is refused', async () => {
  const client = new S3Client({ ...config, forcePathStyle: true });
  const command = new PutObjectCommand({ Bucket: 'bkt', Key: 'k', Body: 'hello', ChecksumCRC32: 'AAAAAA==' });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'BadDigest' });
});
