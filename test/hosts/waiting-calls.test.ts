import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Host } from '../../src/range/hosts/host.ts';
import { type TestRange, testRange } from '../support/range.ts';
import { hostOf, roleWith, runOn, serverWith, stackOf } from '../support/server.ts';

let range: TestRange;
let server: Host;

beforeAll(async () => {
  range = await testRange();
  const code = `exports.handler = () => new Promise((resolve) => setTimeout(() => { console.log('woke'); resolve('rested'); }, 5000));`;
  const made = await stackOf(range, 'waiting', {
    ...serverWith(['lambda:InvokeFunction', 'logs:FilterLogEvents']),
    ...roleWith('Runner', 'lambda.amazonaws.com', ['logs:*']),
    Sleeper: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'sleeper',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Timeout: 60,
        Role: { 'Fn::GetAtt': ['Runner', 'Arn'] },
        Code: { ZipFile: code },
      },
    },
  });
  server = hostOf(range, made['Server'] ?? '');
});
afterAll(() => range.close());

const invoke = 'aws lambda invoke --function-name sleeper --query StatusCode /tmp/out';

test('a host waits in virtual time for a function that sleeps, and others go on meanwhile', async () => {
  server.start('for n in 1 2 3 4; do sleep 1; date +%s >> /tmp/beats; done', { why: 'beat' });
  const script = `began=$(date +%s); ${invoke} && cat /tmp/out && echo " $(($(date +%s) - began)) s, $(wc -l < /tmp/beats) beats"`;
  expect(await runOn(range, server, script)).toBe('0|200\n"rested" 5 s, 4 beats\n|');
});

test('a caller that is killed waits no longer, and the function goes on to its end', async () => {
  const woke = `aws logs filter-log-events --log-group-name /aws/lambda/sleeper --filter-pattern woke --query 'length(events)'`;
  const before = await runOn(range, server, woke);
  const script = `began=$(date +%s); timeout 2 ${invoke}; echo "$? after $(($(date +%s) - began)) s"`;
  expect(await runOn(range, server, script)).toBe('0|124 after 2 s\n|');
  expect([before, await runOn(range, server, woke)]).toEqual(['0|1\n|', '0|2\n|']);
});
