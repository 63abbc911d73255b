import { DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutside } from '../../src/range/network/outside.ts';
import { zipOf } from '../functions/zip-of.ts';
import { type FunctionsOfRange, functionsOfRange } from '../support/functions-of-range.ts';

let our: FunctionsOfRange;

beforeAll(async () => {
  our = await functionsOfRange();
});
afterAll(() => our.range.close());

const outside = createOutside([], '203.0.113.10');

const whoAmI = `
  import { createHash, createHmac } from 'node:crypto';
  const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
  export async function handler() {
    const { AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const date = new Date().toISOString().replace(/[-:]|\\.\\d+/g, '');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host: new URL(url).host, 'x-amz-date': date, 'x-amz-security-token': token };
    const names = Object.keys(headers).sort();
    const hash = (text) => createHash('sha256').update(text).digest('hex');
    const canonical = ['POST', '/', '', ...names.map((name) => name + ':' + headers[name]), '', names.join(';'), hash(body)].join('\\n');
    const scope = [date.slice(0, 8), region, 'sts', 'aws4_request'].join('/');
    const key = scope.split('/').reduce(hmac, 'AWS4' + secret);
    const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\\n')).toString('hex');
    const authorization = 'AWS4-HMAC-SHA256 Credential=' + id + '/' + scope + ', SignedHeaders=' + names.join(';') + ', Signature=' + signature;
    const answer = await (await fetch(url, { method: 'POST', body, headers: { ...headers, authorization } })).text();
    return /<Arn>(.*)<\\/Arn>/.exec(answer)?.[1] ?? answer;
  }`;

test('a function calls AWS as its role, and its log is in CloudWatch Logs', async () => {
  await our.create('who', whoAmI);
  const { answer, StatusCode, ExecutedVersion, LogResult } = await our.invoke('who', {}, { LogType: 'Tail' });
  expect(answer).toBe(`arn:aws:sts::${our.range.account}:assumed-role/runner/who`);
  expect({ StatusCode, ExecutedVersion }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(Buffer.from(LogResult ?? '', 'base64').toString()).toMatch(/^START RequestId: /);
  expect((await our.logOf('who')).map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  await our.invoke('who');
  expect(await our.logOf('who', 'START')).toHaveLength(2);
  const [call] = await our.records('GetCallerIdentity');
  expect(outside.awsRegion(String(call?.['sourceIPAddress']))).toBe('us-west-2');
  expect(call).toMatchObject({ userIdentity: { type: 'AssumedRole', accessKeyId: expect.stringMatching(/^ASIA/) } });
  const [assumed] = await our.records('AssumeRole');
  expect(assumed).toMatchObject({ userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' } });
});

test('a function whose credentials ended gets new ones', async () => {
  await our.create('lasting', whoAmI);
  await our.invoke('lasting');
  await our.range.pass(3_600_000);
  expect((await our.invoke('lasting')).answer).toBe(`arn:aws:sts::${our.range.account}:assumed-role/runner/lasting`);
});

test('what a function throws is its answer, and its log says it', async () => {
  await our.create(
    'thrower',
    'export async function handler() { console.log("about to"); throw new RangeError("no"); }',
  );
  const { answer, FunctionError, StatusCode } = await our.invoke('thrower');
  expect({ FunctionError, StatusCode }).toEqual({ FunctionError: 'Unhandled', StatusCode: 200 });
  expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
  expect((await our.logOf('thrower', '"about to"'))[0]).toContain('INFO\tabout to');
});

const sleeper = `
  export const handler = ({ ms }) => new Promise((resolve) => {
    const began = Date.now();
    setTimeout(() => resolve(Date.now() - began), ms);
  });`;

test('a function waits in virtual time, up to its limit', async () => {
  await our.create('sleeper', sleeper, { Timeout: 10 });
  const before = our.range.clock.now();
  expect((await our.invoke('sleeper', { ms: 5000 })).answer).toBe(5000);
  expect(our.range.clock.now() - before).toBeGreaterThanOrEqual(5000);
  const { answer, FunctionError } = await our.invoke('sleeper', { ms: 60_000 });
  expect(FunctionError).toBe('Unhandled');
  expect(answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(await our.logOf('sleeper', '"timed out"')).toHaveLength(1);
});

test('python runs where the machine has it', async () => {
  const code = 'import os\ndef handler(event, context):\n    return [event["n"] + 1, context.function_name]\n';
  await our.create('snake', '', {
    Runtime: 'python3.12',
    Handler: 'main.handler',
    Code: { ZipFile: zipOf({ 'main.py': code }) },
  });
  expect((await our.invoke('snake', { n: 1 })).answer).toEqual([2, 'snake']);
});

test('a role without rights on logs leaves none, and the function runs all the same', async () => {
  const mute = await our.newRole('mute', 'lambda.amazonaws.com');
  await our.iam.send(new DeleteRolePolicyCommand({ RoleName: 'mute', PolicyName: 'logs' }));
  await our.create('mute', 'export const handler = async () => 1;', { Role: mute });
  expect((await our.invoke('mute')).answer).toBe(1);
  await expect(our.logOf('mute')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
