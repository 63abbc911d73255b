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
import type { TestRange } from './range.ts';

/** The profile `managed`: what the Systems Manager agent of an instance needs. */
export async function managedProfile(range: TestRange): Promise<void> {
  const iam = new IAMClient(range.as());
  const name = { RoleName: 'managed' };
  const trust = allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ ...name, AssumeRolePolicyDocument: trust }));
  const Action = ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'];
  const PolicyDocument = allow({ Action, Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ ...name, PolicyName: 'agent', PolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'managed' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ ...name, InstanceProfileName: 'managed' }));
}

/** A subnet of a new VPC. */
export async function newSubnet(range: TestRange): Promise<string> {
  const ec2 = new EC2Client(range.as());
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }));
  return Subnet?.SubnetId ?? '';
}

export async function launch(range: TestRange, SubnetId: string, more: object): Promise<string> {
  const ec2 = new EC2Client(range.as());
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const one = { ImageId: image?.ImageId, MinCount: 1, MaxCount: 1, SubnetId };
  const { Instances: [instance] = [] } = await ec2.send(new RunInstancesCommand({ ...one, ...more }));
  return instance?.InstanceId ?? '';
}

function allow(rest: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] });
}
