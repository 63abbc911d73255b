import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { CreateGroupCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { JsonObject } from '../../../src/model/json.ts';
import { allow, newUser } from '../../support/identities.ts';
import { type ClientSettings, type TestRange, testRange } from '../../support/range.ts';

/** Who calls, and what there is to be called about. */
export interface Account {
  readonly range: TestRange;
  readonly user: ClientSettings;
  readonly session: ClientSettings;
  /** The session's role, which Lambda may assume too. */
  readonly roleArn: string;
  readonly instance: string;
  readonly topic: string;
  readonly detector: string;
  /** Every record that was written so far. */
  readonly seen: readonly JsonObject[];
}

export async function openAccount(): Promise<Account> {
  const seen: JsonObject[] = [];
  const range = await testRange({ seesCall: (record) => seen.push(record) });
  const everything = allow('*', '*');
  const user = range.as((await newUser(range, 'mary', everything)).keys);
  const iam = new IAMClient(user);
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${range.account}:root`, Service: 'lambda.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      },
    ],
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument: trust }));
  const roleArn = Role?.Arn ?? '';
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Admin', PolicyName: 'all', PolicyDocument: everything }));
  await iam.send(new CreateGroupCommand({ GroupName: 'Admins' }));
  const { Credentials: keys } = await new STSClient(user).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'first' }),
  );
  const session = range.as({
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  });
  const instance = await newInstance(range, user);
  const topic = (await new SNSClient(user).send(new CreateTopicCommand({ Name: 'other' }))).TopicArn ?? '';
  const detector = (await new GuardDutyClient(user).send(new CreateDetectorCommand({ Enable: true }))).DetectorId ?? '';
  return { range, user, session, roleArn, instance, topic, detector, seen };
}

async function newInstance(range: TestRange, user: ClientSettings): Promise<string> {
  const ec2 = new EC2Client(user);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({ ImageId: image?.ImageId, MinCount: 1, MaxCount: 1, SubnetId: Subnet?.SubnetId }),
  );
  await range.pass(180_000);
  return launched?.InstanceId ?? '';
}
