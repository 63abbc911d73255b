import { CloudFormationClient, DeleteStackCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFindingsCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-guardduty';
import { DeleteRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrillResult } from '../../src/drill/result.ts';
import { instances } from '../../src/range/services/ec2/instances.ts';
import { openDoor } from '../../src/run/adapters/http/door.ts';
import { serveGateway } from '../../src/run/adapters/http/gateway.ts';
import { loadDrill } from '../../src/run/drill/load.ts';
import { type DrillRange, openDrillRange } from '../../src/run/drill/run-drill.ts';
import { start } from '../support/range.ts';

/** The workshop's drill is played once; then the participant's way through what it left behind. */
let drill: DrillRange;
let result: DrillResult;
let door: Awaited<ReturnType<typeof openDoor>>;
let settings: ReturnType<typeof administrator>;
let server: string;

beforeAll(async () => {
  const failed = (error: unknown) => {
    throw error;
  };
  const options = { seed: 3, from: start, env: process.env, tell: () => {}, doing: () => {}, failed };
  drill = await openDrillRange(loadDrill('workshop', '.'), options);
  result = await drill.play();
  const { gateway, clock, store, account } = drill.range;
  door = await openDoor({
    identity: { sourceIp: '203.0.113.10', time: 'virtual' },
    serve: serveGateway(gateway, clock),
    failed,
  });
  settings = administrator();
  const rows = [...instances.rows.list({ tx: store, account, region: 'us-west-2' })].map(([, row]) => row);
  server = rows.find(({ tags }) => tags['aws:cloudformation:logical-id'] === 'Server')?.id ?? '';
}, 180_000);

afterAll(async () => {
  await door.close();
  await drill.end();
});

function administrator() {
  const { accessKeyId, secretAccessKey } = drill.range.administrator;
  return clientOf({ accessKeyId, secretAccessKey });
}

function clientOf(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  return {
    region: 'us-west-2',
    endpoint: door.url,
    credentials,
    forcePathStyle: true,
    systemClockOffset: drill.range.clock.now() - Date.now(),
  };
}

async function onServer(command: string): Promise<string> {
  const ssm = new SSMClient(settings);
  const Parameters = { commands: [command] };
  const send = { DocumentName: 'AWS-RunShellScript', InstanceIds: [server], Parameters };
  const { Command } = await ssm.send(new SendCommandCommand(send));
  const which = { CommandId: Command?.CommandId, InstanceId: server };
  await drill.range.clock.advance(drill.range.clock.now() + 60_000);
  const ran = await new SSMClient(administrator()).send(new GetCommandInvocationCommand(which));
  return `${ran.StandardOutputContent}${ran.StandardErrorContent}`;
}

test('all that is expected was found, answered and seen to stop', () => {
  expect(result.expectations.filter(({ held }) => !held)).toEqual([]);
  expect(result.held).toBe(true);
});

test('findings of the server are listed by its id, and none of credentials used outside of AWS', async () => {
  const guardduty = new GuardDutyClient(settings);
  const { DetectorIds: [DetectorId] = [] } = await guardduty.send(new ListDetectorsCommand({}));
  const Criterion = { 'resource.instanceDetails.instanceId': { Eq: [server] } };
  const typesBy = async (FindingCriteria?: { Criterion: typeof Criterion }) => {
    const { FindingIds = [] } = await guardduty.send(new ListFindingsCommand({ DetectorId, FindingCriteria }));
    const { Findings = [] } = await guardduty.send(new GetFindingsCommand({ DetectorId, FindingIds }));
    return Findings.map(({ Type }) => Type).sort();
  };
  expect(await typesBy({ Criterion })).toEqual([
    'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
    'UnauthorizedAccess:EC2/SSHBruteForce',
  ]);
  expect((await typesBy()).filter((type) => type?.includes('InstanceCredentialExfiltration'))).toEqual([]);
});

test("the server's log tells of the guesses, by a filter pattern", async () => {
  const logs = new CloudWatchLogsClient(settings);
  const count = async (filterPattern: string) => {
    const logGroupName = '/threat-detection-wksp/var/log/secure';
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
    return events.length;
  };
  expect(await count('"Failed password"')).toBeGreaterThan(20);
  expect(await count('"Accepted password for alice"')).toBeGreaterThan(0);
});

test('CloudTrail tells which function changed the network ACL', async () => {
  const trail = new CloudTrailClient(settings);
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'CreateNetworkAclEntry' }];
  const { Events = [] } = await trail.send(new LookupEventsCommand({ LookupAttributes }));
  const records = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}'));
  const denied = records.filter(({ requestParameters }) => requestParameters.ruleAction === 'deny');
  expect(denied.map(({ requestParameters }) => requestParameters.egress).sort()).toEqual([false, true]);
  for (const { userIdentity } of denied) expect(userIdentity.arn).toContain('remediation-nacl');
});

test("the stolen credentials are refused, the instance's new ones work", async () => {
  const script = drill.range.machines
    .host({ account: drill.range.account, region: 'us-west-2', instance: server })
    ?.disk.text('/home/alice/calls.sh');
  const value = (name: string) => new RegExp(`${name}=(\\S+)`).exec(script ?? '')?.[1] ?? '';
  const stolen = {
    accessKeyId: value('AWS_ACCESS_KEY_ID'),
    secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
    sessionToken: value('AWS_SESSION_TOKEN'),
  };
  const object = { Bucket: `threat-detection-wksp-${drill.range.account}-us-west-2-data`, Key: 'memo.txt' };
  await expect(new S3Client(clientOf(stolen)).send(new GetObjectCommand(object))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const shown = await onServer(`aws s3 cp s3://${object.Bucket}/${object.Key} -`);
  expect(shown).toContain('PROPRIETARY');
});

test("the attack's stack goes, once the answer's policy is taken off its role", async () => {
  const cloudformation = () => new CloudFormationClient(administrator());
  const attempt = async () => {
    await cloudformation().send(new DeleteStackCommand({ StackName: 'attack' }));
    await drill.range.clock.advance(drill.range.clock.now() + 300_000);
    const stacks = await cloudformation().send(new ListStacksCommand({}));
    return stacks.StackSummaries?.find(({ StackName }) => StackName === 'attack')?.StackStatus;
  };
  expect(await attempt()).toBe('DELETE_FAILED');
  const policy = { RoleName: 'threat-detection-wksp-compromised-ec2', PolicyName: 'AWSRevokeOlderSessions' };
  await new IAMClient(administrator()).send(new DeleteRolePolicyCommand(policy));
  expect(await attempt()).toBe('DELETE_COMPLETE');
  expect(
    drill.range.machines.host({ account: drill.range.account, region: 'us-west-2', instance: server }),
  ).toBeUndefined();
});
