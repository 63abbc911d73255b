import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { bytesOf, echoServer } from './echo-server.ts';

const cli = '/usr/bin/aws';
const uploads: string[] = [];
const server = await echoServer({
  'sts.GetCallerIdentity': () => ({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:root', UserId: 'x' }),
  'iam.GetUser': () => {
    throw new AwsError('NoSuchEntityException', 'The user with name alice cannot be found.');
  },
  'guardduty.ListDetectors': () => ({ DetectorIds: ['d'] }),
  'cloudtrail.DescribeTrails': () => ({ trailList: [{ Name: 't' }] }),
  'sqs.ListQueues': () => ({ QueueUrls: ['http://q'] }),
  's3.ListObjectsV2': () => ({
    Contents: [{ Key: 'a', Size: 1, LastModified: new Date(0) }],
    KeyCount: 1,
    Name: 'bkt',
  }),
  's3.PutObject': async (input) => {
    uploads.push(String(await bytesOf(input['Body'] as AsyncIterable<Uint8Array>)));
    return { ETag: '"e"' };
  },
  'lambda.Invoke': () => ({ StatusCode: 200, Payload: Buffer.from('{}') }),
});
afterAll(() => server.close());

async function aws(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: 'us-west-2',
    AWS_MAX_ATTEMPTS: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const all = [...args, '--endpoint-url', server.endpoint, '--output', 'text'];
  return promisify(execFile)(cli, all, { env }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );
}

// Where Debian's CLI is absent the tour says so at the end of `npm test`; nothing here can be shown then.
describe.runIf(existsSync(cli))('the AWS CLI', () => {
  test.each([
    ['sts.GetCallerIdentity', ['sts', 'get-caller-identity'], '111122223333'],
    ['iam.GetUser', ['iam', 'get-user', '--user-name', 'alice'], '(NoSuchEntity)'],
    ['guardduty.ListDetectors', ['guardduty', 'list-detectors'], 'd'],
    ['cloudtrail.DescribeTrails', ['cloudtrail', 'describe-trails'], 't'],
    ['sqs.ListQueues', ['sqs', 'list-queues'], 'http://q'],
    ['s3.ListObjectsV2', ['s3api', 'list-objects-v2', '--bucket', 'bkt'], 'a'],
    ['s3.PutObject', ['s3', 'cp', 'package.json', 's3://bkt/a'], 'upload'],
    ['ec2.DescribeInstances', ['ec2', 'describe-instances', '--filters', 'Name=a,Values=b,c'], ''],
  ] as const)('understands %s', async (call, args, shown) => {
    expect(await aws(...args)).toContain(shown);
    expect(server.seen.at(-1)?.call).toBe(call);
  });

  test('sends a file whole', () => expect(uploads[0]).toContain('"name": "yagura"'));
});
