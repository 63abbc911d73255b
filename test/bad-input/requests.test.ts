import { once } from 'node:events';
import { connect } from 'node:net';
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestBytes } from '../../bench/light-client.ts';
import { type TestRange, testRange } from '../support/range.ts';

// Signed requests whose bodies are broken, to the whole range: each is refused as AWS refuses it, and nothing that was
// acknowledged before is lost. What each protocol makes of each mistake is in src/range/wire/refusals.test.ts.
let range: TestRange;

beforeAll(async () => {
  range = await testRange();
  await iam().send(new CreateUserCommand({ UserName: 'acknowledged' }));
  await s3().send(new CreateBucketCommand({ Bucket: 'acknowledged' }));
});
afterAll(() => range.close());

interface Sent {
  body?: unknown;
  headers: Record<string, string>;
}

interface Stacked {
  readonly middlewareStack: { add(middleware: never, options: object): void };
}

/** A client whose bodies are replaced before they are signed. */
function broken<C extends Stacked>(client: C, body: string | Uint8Array): C {
  const replace = (next: (given: { request: Sent }) => unknown) => (given: { request: Sent }) => {
    given.request.body = body;
    given.request.headers['content-length'] = String(Buffer.byteLength(body));
    for (const name of Object.keys(given.request.headers)) {
      if (/^x-amz-(checksum|sdk-checksum)|^content-md5/.test(name)) delete given.request.headers[name];
    }
    return next(given);
  };
  // The stack hands every middleware the request as it is so far.
  client.middlewareStack.add(replace as never, { step: 'build', priority: 'low' });
  return client;
}

const iam = () => new IAMClient({ ...range.as(), maxAttempts: 1 });
const s3 = () => new S3Client({ ...range.as(), forcePathStyle: true, maxAttempts: 1 });
const logs = () => new CloudWatchLogsClient({ ...range.as(), maxAttempts: 1 });
const lambda = () => new LambdaClient({ ...range.as(), maxAttempts: 1 });

const form = (body: string | Uint8Array) => broken(iam(), body).send(new GetUserCommand({}));
const json = (body: string | Uint8Array) => broken(logs(), body).send(new CreateLogGroupCommand({ logGroupName: 'x' }));
const xml = (body: string | Uint8Array) =>
  broken(s3(), body).send(
    new PutPublicAccessBlockCommand({ Bucket: 'acknowledged', PublicAccessBlockConfiguration: {} }),
  );
const tooLarge = Buffer.alloc(80 * 1024 * 1024, 0x20);

const rows: readonly (readonly [what: string, call: () => Promise<unknown>, name: string])[] = [
  ['a form that is not encoded', () => form('Action=GetUser&UserName=%zz'), 'MalformedQueryString'],
  ['a form nested too deeply', () => form(`Action=GetUser&${'a.'.repeat(10_000)}=b`), 'MalformedQueryString'],
  ['a form that is too large', () => form(tooLarge), 'RequestEntityTooLargeException'],
  ['JSON that breaks off', () => json('{"logGroupName":'), 'SerializationException'],
  ['JSON nested too deeply', () => json('['.repeat(1_000_000)), 'SerializationException'],
  ['JSON that is no object', () => json('"x"'), 'SerializationException'],
  ['JSON that is too large', () => json(tooLarge), 'RequestEntityTooLargeException'],
  ['XML that breaks off', () => xml('<PublicAccessBlockConfiguration><Block'), 'MalformedXML'],
  ['XML nested too deeply', () => xml('<a>'.repeat(500_000)), 'MalformedXML'],
  [
    'XML with a bomb of entities',
    () =>
      xml(
        `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><PublicAccessBlockConfiguration>&b;</PublicAccessBlockConfiguration>`,
      ),
    'MalformedXML',
  ],
  ['XML that is too large', () => xml(tooLarge), 'MaxMessageLengthExceeded'],
  ['bytes that are none of it', () => xml(Uint8Array.of(0xff, 0, 0xfe)), 'MalformedXML'],
  [
    'a payload that is no JSON',
    () => lambda().send(new InvokeCommand({ FunctionName: 'none', Payload: '{' })),
    'ResourceNotFoundException',
  ],
];

test.each(rows)('%s is refused, and the range goes on', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
  await expect(iam().send(new GetUserCommand({ UserName: 'acknowledged' }))).resolves.toMatchObject({
    User: { UserName: 'acknowledged' },
  });
  await s3().send(new HeadBucketCommand({ Bucket: 'acknowledged' }));
  const { logGroups } = await logs().send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toEqual([]);
});

test.each([1_000, 1_000_000])('an upload of %i bytes that is cut off leaves no object', async (bytes) => {
  const port = Number(new URL(range.endpoint).port);
  const body = Buffer.alloc(bytes, 'x');
  const plain = { method: 'PUT', path: '/acknowledged/cut', host: `127.0.0.1:${port}`, service: 's3', body };
  const whole = requestBytes(plain, range.administrator);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(whole.subarray(0, whole.length - 1));
  await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, 'close');
  const { KeyCount } = await s3().send(new ListObjectsV2Command({ Bucket: 'acknowledged' }));
  expect(KeyCount).toBe(0);
});
