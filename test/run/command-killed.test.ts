import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

const allow = (rest: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] });

async function managedInstance(range: TestRange): Promise<string> {
  const [iam, ec2] = [new IAMClient(range.as()), new EC2Client(range.as())];
  const name = { RoleName: 'managed' };
  const trust = allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ ...name, AssumeRolePolicyDocument: trust }));
  const PolicyDocument = allow({ Action: ['ssm:*', 'ssmmessages:*', 'ec2messages:*'], Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ ...name, PolicyName: 'agent', PolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'managed' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ ...name, InstanceProfileName: 'managed' }));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances: [instance] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnet?.SubnetId,
      IamInstanceProfile: { Name: 'managed' },
    }),
  );
  await range.pass(120_000);
  return instance?.InstanceId ?? '';
}

test('a command that ran when the range was killed times out, and the host takes the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-test-'));
  try {
    const first = await testRange({ folder: join(folder, 'first') });
    const InstanceId = await managedInstance(first);
    const send = async (range: TestRange, command: string) => {
      const Parameters = { commands: [command], executionTimeout: ['600'] };
      const { Command } = await new SSMClient(range.as()).send(
        new SendCommandCommand({ DocumentName: 'AWS-RunShellScript', InstanceIds: [InstanceId], Parameters }),
      );
      await range.pass(30_000);
      return Command?.CommandId ?? '';
    };
    const outcome = (range: TestRange, CommandId: string) =>
      new SSMClient(range.as()).send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
    const running = await send(first, 'sleep 300; touch /root/done');
    // What is on the disk at this moment is what a kill leaves.
    cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
    await first.close();

    const second = await testRange({ folder: join(folder, 'second') });
    expect((await outcome(second, running)).Status).toBe('InProgress');
    await second.pass(900_000);
    expect(await outcome(second, running)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' });
    const next = await send(second, 'ls /root/done || echo never');
    expect((await outcome(second, next)).StandardOutputContent).toBe('never\n');
    await second.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
