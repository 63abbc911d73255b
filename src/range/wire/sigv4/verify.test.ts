import { expect, test } from 'vitest';
import { guardedBody } from '../guarded-body.ts';
import type { Protocol, RawRequest } from '../message.ts';
import type { Routed, Spoken } from '../wire.ts';
import { createSigningKeys } from './signing-key.ts';
import { type Secret, verify } from './verify.ts';

const s3Key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const s3Scope = `${s3Key.id}/20130524/us-east-1/s3/aws4_request`;
const s3Time = Date.UTC(2013, 4, 24);
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const getObject: RawRequest = {
  method: 'GET',
  target: '/test.txt',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': emptyHash,
    'x-amz-date': '20130524T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${s3Scope},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
  },
  body: new Uint8Array(0),
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const presigned: RawRequest = {
  method: 'GET',
  target: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(s3Scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host: 'examplebucket.s3.amazonaws.com' },
  body: new Uint8Array(0),
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
const chunkSignatures = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
];
const chunked: RawRequest = {
  method: 'PUT',
  target: '/examplebucket/chunkObject.txt',
  headers: {
    host: 's3.amazonaws.com',
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-date': '20130524T000000Z',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: `AWS4-HMAC-SHA256 Credential=${s3Scope},SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`,
  },
  body: Buffer.concat(
    [65_536, 1024, 0].map((size, at) =>
      Buffer.from(`${size.toString(16)};chunk-signature=${chunkSignatures[at]}\r\n${'a'.repeat(size)}\r\n`),
    ),
  ),
};

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, as earlier editions spelled it out
const listUsers: RawRequest = {
  method: 'GET',
  target: '/?Action=ListUsers&Version=2010-05-08',
  headers: {
    host: 'iam.amazonaws.com',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
  body: new Uint8Array(0),
};
const iamTime = Date.UTC(2015, 7, 30, 12, 36);

interface Row {
  readonly request: RawRequest;
  readonly service?: string;
  readonly protocol?: Protocol;
  readonly now?: number;
  readonly secret?: Secret;
  /** The refusal's code; absent where the signature is good. */
  readonly refused?: string;
  readonly message?: string;
}

const iam = { request: listUsers, service: 'iam', protocol: 'query', now: iamTime } as const;
const minute = 60_000;
const temporary = { secret: s3Key.secret, sessionToken: 'token' };
const withToken = (raw: RawRequest, token: string) => ({
  ...raw,
  headers: { ...raw.headers, 'x-amz-security-token': token },
});

const rows: Readonly<Record<string, Row>> = {
  "AWS's example of a header": { request: getObject },
  "AWS's example of a presigned URL": { request: presigned },
  "AWS's example of signed chunks": { request: chunked },
  "AWS's example of a query call": iam,
  'nearly fifteen minutes late to S3': { request: getObject, now: s3Time + 15 * minute },
  'more than fifteen minutes late to S3': {
    request: getObject,
    now: s3Time + 15 * minute + 1000,
    refused: 'RequestTimeTooSkewed',
  },
  'nearly five minutes late elsewhere': { ...iam, now: iamTime + 5 * minute },
  'more than five minutes late elsewhere': {
    ...iam,
    now: iamTime + 5 * minute + 1000,
    refused: 'SignatureDoesNotMatch',
    message: 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)',
  },
  'more than five minutes early': {
    ...iam,
    now: iamTime - 6 * minute,
    refused: 'SignatureDoesNotMatch',
    message:
      'Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 min.)',
  },
  'a presigned URL in its last second': { request: presigned, now: s3Time + 86_400_000 },
  'a presigned URL after its last second': {
    request: presigned,
    now: s3Time + 86_400_001,
    refused: 'AccessDenied',
    message: 'Request has expired',
  },
  'another method': { request: { ...getObject, method: 'HEAD' }, refused: 'SignatureDoesNotMatch' },
  'another path': { request: { ...getObject, target: '/other.txt' }, refused: 'SignatureDoesNotMatch' },
  'another query': { request: { ...getObject, target: '/test.txt?acl' }, refused: 'SignatureDoesNotMatch' },
  'another host': {
    request: { ...getObject, headers: { ...getObject.headers, host: 'evil' } },
    refused: 'SignatureDoesNotMatch',
  },
  'another body': { request: { ...getObject, body: Buffer.from('x') }, refused: 'XAmzContentSHA256Mismatch' },
  'another body elsewhere': {
    ...iam,
    request: { ...listUsers, body: Buffer.from('x') },
    refused: 'SignatureDoesNotMatch',
  },
  'a header that nobody signed': {
    request: { ...getObject, headers: { ...getObject.headers, 'x-amz-acl': 'public-read' } },
    refused: 'AccessDenied',
    message: 'There were headers present in the request which were not signed',
  },
  'another secret': { request: getObject, secret: { secret: 'x' }, refused: 'SignatureDoesNotMatch' },
  'another secret, json': {
    ...iam,
    protocol: 'json-1.1',
    secret: { secret: 'x' },
    refused: 'InvalidSignatureException',
  },
  'another secret, rest-json': {
    ...iam,
    protocol: 'rest-json',
    secret: { secret: 'x' },
    refused: 'InvalidSignatureException',
  },
  'another secret, ec2': { ...iam, protocol: 'ec2', secret: { secret: 'x' }, refused: 'AuthFailure' },
  'temporary keys without their token': { request: getObject, secret: temporary, refused: 'InvalidAccessKeyId' },
  'temporary keys with another token': {
    request: withToken(getObject, 'other'),
    secret: temporary,
    refused: 'InvalidToken',
  },
  'lasting keys with a token': { request: withToken(getObject, 'token'), refused: 'InvalidToken' },
  'expired temporary keys': {
    ...iam,
    request: withToken(listUsers, 'token'),
    secret: { secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'token', expired: true },
    refused: 'ExpiredToken',
  },
  'a header without a signature': {
    ...iam,
    request: {
      ...listUsers,
      headers: {
        ...listUsers.headers,
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=host',
      },
    },
    refused: 'IncompleteSignature',
  },
  'signature version 2': {
    request: { ...getObject, headers: { ...getObject.headers, authorization: 'AWS id:signature' } },
    refused: 'InvalidRequest',
  },
  'a date that is none': {
    ...iam,
    request: { ...listUsers, headers: { ...listUsers.headers, 'x-amz-date': 'today' } },
    refused: 'IncompleteSignature',
  },
};

test.each(Object.entries(rows))('%s', (_, row) => {
  const { request, service = 's3', protocol = 'rest-xml', now = s3Time, secret, refused, message } = row;
  const ours = { secret: service === 's3' ? s3Key.secret : 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const spoken: Spoken = { request, service, signingName: undefined, protocol, region: 'us-east-1' };
  const found = verify(spoken, { keys: createSigningKeys(), lookup: () => secret ?? ours, now });
  if (refused === undefined) expect(found).toMatchObject({ kind: 'signed' });
  else expect(found).toMatchObject({ kind: 'refused', refusal: { code: refused, ...(message ? { message } : {}) } });
});

test('an unknown key is refused, and no key is anonymous', () => {
  const authority = { keys: createSigningKeys(), lookup: () => undefined, now: s3Time };
  const spoken = { service: 's3', signingName: 's3', protocol: 'rest-xml', region: '' } as const;
  expect(verify({ ...spoken, request: getObject }, authority)).toMatchObject({
    refusal: { code: 'InvalidAccessKeyId' },
  });
  const unsigned = { ...getObject, headers: { host: 'examplebucket.s3.amazonaws.com' } };
  expect(verify({ ...spoken, request: unsigned }, authority)).toEqual({ kind: 'anonymous' });
});

test.each([
  ['as it is', (body: Buffer) => body, ''],
  [
    'with another byte',
    (body: Buffer) => Buffer.from(body.toString('latin1').replace('aaa', 'aba'), 'latin1'),
    'SignatureDoesNotMatch',
  ],
  ['without its last chunk', (body: Buffer) => body.subarray(0, -90), 'IncompleteBody'],
  [
    'with another size',
    (body: Buffer) => Buffer.from(body.toString('latin1').replace('10000;', 'xyz;'), 'latin1'),
    'InvalidRequest',
  ],
] as const)('a body in signed chunks %s', (_, change, refused) => {
  const spoken: Spoken = { request: chunked, service: 's3', signingName: 's3', protocol: 'rest-xml', region: '' };
  const found = verify(spoken, { keys: createSigningKeys(), lookup: () => s3Key, now: s3Time });
  if (found.kind !== 'signed') throw new Error(found.kind);
  const request = { ...chunked, body: change(chunked.body as Buffer) };
  const read = () => guardedBody({ operation: 'PutObject', request } as unknown as Routed, found.signed);
  if (refused === '') expect(Buffer.from(read() as Uint8Array).toString()).toBe('a'.repeat(66_560));
  else expect(read).toThrow(expect.objectContaining({ code: refused }));
});
