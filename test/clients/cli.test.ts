import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws, tourSkipped, versionOf } from '../../scripts/clients.mjs';
import { root } from '../../src/root.ts';
import { zipOf } from '../functions/zip-of.ts';
import { awsCli } from './aws-cli.ts';
import { run, type StartedRange, startRange } from './started-range.ts';

/** A delivery is soon, but a busy machine is slow. */
const patience = { timeout: 30_000, interval: 200 };

describe.runIf(tourSkipped(root) === undefined)(`${aws} ${versionOf(aws)}`, () => {
  let range: StartedRange;
  beforeAll(async () => {
    range = await startRange();
  });
  afterAll(() => range.end());

  const cli = awsCli(() => range);
  const { text, refused, asked } = cli;

  function file(name: string, content: string | Uint8Array): string {
    const path = join(range.folder, name);
    writeFileSync(path, content);
    return path;
  }

  test('identity, and a wrong secret', async () => {
    expect(await text('Arn', 'sts', 'get-caller-identity')).toMatch(/^arn:aws:iam::\d{12}:user\/admin$/);
    expect(await refused(['sts', 'get-caller-identity'], { AWS_SECRET_ACCESS_KEY: 'wrong' })).toContain(
      '(SignatureDoesNotMatch)',
    );
  });

  test('a user without policies is refused, and yagura why says which policy was missing', async () => {
    await cli('iam', 'create-user', '--user-name', 'bare');
    const fields = 'AccessKey.[AccessKeyId,SecretAccessKey]';
    const [id, secret] = (await text(fields, 'iam', 'create-access-key', '--user-name', 'bare')).split('\t');
    const keys = { AWS_ACCESS_KEY_ID: id ?? '', AWS_SECRET_ACCESS_KEY: secret ?? '' };
    const said = await refused(['iam', 'list-users', '--debug'], keys);
    expect(said).toContain('(AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::');
    const request = /<RequestId>([\w-]+)<\/RequestId>/.exec(said)?.[1] ?? '';
    const why = await range.yagura('why', request);
    expect(why).toMatchObject({ code: 0, err: '' });
    expect(why.out).toContain('implicitDeny  iam:ListUsers arn:aws:iam::');
    await cli(
      'iam',
      'put-user-policy',
      '--user-name',
      'bare',
      '--policy-name',
      'p',
      '--policy-document',
      allowed('iam:ListUsers'),
    );
    expect(
      (await run(aws, ['--endpoint-url', range.endpoint, 'iam', 'list-users'], { ...range.env, ...keys })).code,
    ).toBe(0);
  });

  test('a subscription by mail, and an event that reaches it', async () => {
    const topic = await text('TopicArn', 'sns', 'create-topic', '--name', 'news');
    await cli(
      'sns',
      'subscribe',
      '--topic-arn',
      topic,
      '--protocol',
      'email',
      '--notification-endpoint',
      'a@example.com',
    );
    const { out } = await range.yagura('mail');
    const link = /http:\S+/.exec(out)?.[0] ?? '';
    expect((await fetch(link)).status).toBe(200);
    await cli('sns', 'publish', '--topic-arn', topic, '--subject', 'hi', '--message', 'hello');
    await expect.poll(async () => (await range.yagura('mail')).out, patience).toContain('Subject: hi');

    const policy = statement({
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic,
    });
    await cli(
      'sns',
      'set-topic-attributes',
      '--topic-arn',
      topic,
      '--attribute-name',
      'Policy',
      '--attribute-value',
      policy,
    );
    await cli('events', 'put-rule', '--name', 'orders', '--event-pattern', '{"source":["shop"]}');
    await cli('events', 'put-targets', '--rule', 'orders', '--targets', `Id=1,Arn=${topic}`);
    const entry = { Source: 'shop', DetailType: 'Order', Detail: '{"number":42}' };
    await cli('events', 'put-events', '--entries', JSON.stringify([entry]));
    await expect.poll(async () => (await range.yagura('mail')).out, patience).toContain('"detail":{"number":42}');
  });

  test('logs are written, read and filtered', async () => {
    const group = ['--log-group-name', '/app'];
    const stream = [...group, '--log-stream-name', 'one'];
    await cli('logs', 'create-log-group', ...group);
    await cli('logs', 'create-log-stream', ...stream);
    const events = ['ERROR first', 'INFO second'].map((message) => ({ timestamp: Date.now(), message }));
    await cli('logs', 'put-log-events', ...stream, '--log-events', JSON.stringify(events));
    expect(await text('length(events)', 'logs', 'get-log-events', ...stream)).toBe('2');
    const found = ['logs', 'filter-log-events', ...group, '--filter-pattern', 'ERROR'];
    expect(await text('events[].message', ...found)).toBe('ERROR first');
  });

  test('files go to a bucket and back, small and in parts', async () => {
    await cli('s3', 'mb', 's3://tour-bucket');
    const sizes = { 'small.txt': 5, 'large.bin': 9 * 2 ** 20 };
    for (const [name, size] of Object.entries(sizes)) {
      const content = Buffer.alloc(size, name);
      await cli('s3', 'cp', file(name, content), `s3://tour-bucket/folder/${name}`, '--only-show-errors');
      const back = join(range.folder, `back-${name}`);
      await cli('s3', 'cp', `s3://tour-bucket/folder/${name}`, back, '--only-show-errors');
      expect(readFileSync(back).equals(content)).toBe(true);
    }
    expect(await cli('s3', 'ls', 's3://tour-bucket/folder/')).toMatch(/ 9437184 large\.bin\n.* 5 small\.txt/);
    await cli('s3', 'rm', 's3://tour-bucket', '--recursive');
    await cli('s3', 'rb', 's3://tour-bucket');
    expect(await refused(['s3', 'ls', 's3://tour-bucket'])).toContain('(NoSuchBucket)');
  });

  test('a function runs, and its log is there', async () => {
    const trust = statement({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
    const role = await text(
      'Role.Arn',
      'iam',
      'create-role',
      '--role-name',
      'fn',
      '--assume-role-policy-document',
      trust,
    );
    await cli(
      'iam',
      'put-role-policy',
      '--role-name',
      'fn',
      '--policy-name',
      'logs',
      '--policy-document',
      allowed('logs:*'),
    );
    const code =
      "exports.handler = async (event) => { console.log('ran for', event.word); return { echoed: event.word }; };";
    const zip = file('function.zip', zipOf({ 'index.js': code }));
    await cli(
      'lambda',
      'create-function',
      '--function-name',
      'echo',
      '--runtime',
      'nodejs20.x',
      '--handler',
      'index.handler',
      '--role',
      role,
      '--zip-file',
      `fileb://${zip}`,
    );
    const answer = join(range.folder, 'answer.json');
    await cli(
      'lambda',
      'invoke',
      '--function-name',
      'echo',
      '--cli-binary-format',
      'raw-in-base64-out',
      '--payload',
      '{"word":"hi"}',
      answer,
    );
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toEqual({ echoed: 'hi' });
    const ask = () => asked(['logs', 'filter-log-events', '--log-group-name', '/aws/lambda/echo']);
    await expect.poll(async () => (await ask()).out, patience).toContain('ran for hi');
  });

  test('CloudTrail tells who did what', async () => {
    const by = 'AttributeKey=EventName,AttributeValue=PutRule';
    const found = await text('Events[0].CloudTrailEvent', 'cloudtrail', 'lookup-events', '--lookup-attributes', by);
    expect(JSON.parse(found)).toMatchObject({
      eventSource: 'events.amazonaws.com',
      userIdentity: { type: 'IAMUser', userName: 'admin' },
      requestParameters: { name: 'orders' },
      userAgent: expect.stringContaining('aws-cli/'),
    });
  });

  test('GuardDuty lists findings', async () => {
    const detector = await text('DetectorId', 'guardduty', 'create-detector', '--enable');
    expect(await cli('guardduty', 'list-findings', '--detector-id', detector)).toEqual({ FindingIds: [] });
  });

  test('a stack comes and goes', async () => {
    const template = file(
      'template.yaml',
      'Resources:\n  Topic: { Type: AWS::SNS::Topic }\nOutputs:\n  Arn: { Value: !Ref Topic }\n',
    );
    const named = ['--stack-name', 'tour'];
    await cli('cloudformation', 'create-stack', ...named, '--template-body', `file://${template}`);
    await cli('cloudformation', 'wait', 'stack-create-complete', ...named);
    const arn = await text('Stacks[0].Outputs[0].OutputValue', 'cloudformation', 'describe-stacks', ...named);
    await cli('sns', 'get-topic-attributes', '--topic-arn', arn);
    await cli('cloudformation', 'delete-stack', ...named);
    await cli('cloudformation', 'wait', 'stack-delete-complete', ...named);
    expect(await refused(['sns', 'get-topic-attributes', '--topic-arn', arn])).toContain('(NotFound)');
  });
});

function statement(more: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
}

function allowed(Action: string): string {
  return statement({ Action, Resource: '*' });
}
