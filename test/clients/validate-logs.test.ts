import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tourSkipped, validatingAws, versionOf } from '../../scripts/clients.mjs';
import { root } from '../../src/root.ts';
import { run, type StartedRange, startRange } from './started-range.ts';

const aws = validatingAws() ?? '';

// An older CLI would ask AWS itself for the files: the end of `npm test` names what was left out.
describe.runIf(aws !== '' && tourSkipped(root) === undefined)(`${versionOf(aws)} validates logs`, () => {
  let range: StartedRange;
  let arn = '';
  const bucket = 'trail-logs';

  beforeAll(async () => {
    // A virtual hour, after which a digest is due, is four seconds.
    range = await startRange('--speed', '900');
    await cli('s3', 'mb', `s3://${bucket}`);
    await cli('s3api', 'put-bucket-policy', '--bucket', bucket, '--policy', trailPolicy(bucket));
    await cli(
      'cloudtrail',
      'create-trail',
      '--name',
      'all',
      '--s3-bucket-name',
      bucket,
      '--enable-log-file-validation',
    );
    arn = (await cli('cloudtrail', 'describe-trails', '--query', 'trailList[0].TrailARN', '--output', 'text')).trim();
    await cli('cloudtrail', 'start-logging', '--name', 'all');
    await cli('sns', 'create-topic', '--name', 'recorded');
    await vi.waitFor(async () => expect((await keys('CloudTrail-Digest')).length).toBeGreaterThan(1), patience);
  });
  afterAll(() => range.end());

  const patience = { timeout: 45_000, interval: 500 };

  /** Nothing may leave loopback: whatever the CLI asks elsewhere ends at a proxy that is not there. */
  const fence = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' };

  async function cli(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await run(aws, args, { ...range.env, ...fence });
    expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' });
    return out;
  }

  async function keys(kind: string): Promise<readonly string[]> {
    const query = ['--query', `Contents[?contains(Key, '/${kind}/')].Key`, '--output', 'text'];
    const out = await cli('s3api', 'list-objects-v2', '--bucket', bucket, ...query);
    return out.split(/\s+/).filter((key) => key.endsWith('.json.gz'));
  }

  async function validated(): Promise<string> {
    // Virtual time is ahead of the CLI's: up to the last digest there is, whose key ends in its time.
    const last = (await keys('CloudTrail-Digest'))
      .map((key) => /_(\d{8}T\d{6}Z)\.json\.gz$/.exec(key)?.[1] ?? '')
      .sort();
    const window = ['--start-time', '2020-01-01T00:00:00Z', '--end-time', last.at(-1) ?? ''];
    const args = ['cloudtrail', 'validate-logs', '--trail-arn', arn, ...window, '--verbose'];
    const { out, err } = await run(aws, args, { ...range.env, ...fence });
    return out + err;
  }

  test('what was delivered is valid; a changed and a missing file are noticed', async () => {
    const said = await validated();
    expect(said).toMatch(/([1-9]\d*)\/\1 digest files valid/);
    expect(said).toMatch(/([1-9]\d*)\/\1 log files valid/);
    expect(said).not.toContain('INVALID');

    const [first = '', second = ''] = await keys('CloudTrail');
    await cli('s3', 'cp', `s3://${bucket}/${first}`, join(range.folder, 'log.gz'), '--only-show-errors');
    writeFileSync(join(range.folder, 'log.gz'), gzipSync('{"Records":[]}'));
    await cli('s3', 'cp', join(range.folder, 'log.gz'), `s3://${bucket}/${first}`, '--only-show-errors');
    await cli('s3', 'rm', `s3://${bucket}/${second}`);
    const then = await validated();
    expect(then).toMatch(new RegExp(`${first}\\s+INVALID: hash value doesn't match`));
    expect(then).toMatch(new RegExp(`${second}\\s+INVALID: not found`));
  });
});

/** As AWS gives it: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function trailPolicy(bucket: string): string {
  const allow = (Action: string, Resource: string, more: object = {}) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action,
    Resource,
    ...more,
  });
  const owned = { Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } };
  const Statement = [
    allow('s3:GetBucketAcl', `arn:aws:s3:::${bucket}`),
    allow('s3:PutObject', `arn:aws:s3:::${bucket}/AWSLogs/*`, owned),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
