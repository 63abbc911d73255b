import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let ec2: EC2Client;
let vpc: string;
let subnet: string;

beforeAll(async () => {
  range = await testRange();
  ec2 = new EC2Client(range.as());
  vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
  subnet = (await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.0.0.0/24' }))).Subnet?.SubnetId ?? '';
});
afterAll(() => range.close());

test('a VPC comes with its table, ACL and group, and goes only when it is empty', async () => {
  const filter = { Filters: [{ Name: 'vpc-id', Values: [vpc] }] };
  const tables = await ec2.send(new DescribeRouteTablesCommand(filter));
  expect(tables.RouteTables?.map((table) => table.Routes?.map((route) => route.GatewayId))).toEqual([['local']]);
  const groups = await ec2.send(new DescribeSecurityGroupsCommand(filter));
  expect(groups.SecurityGroups?.map((group) => group.GroupName)).toEqual(['default']);
  await expect(ec2.send(new DeleteVpcCommand({ VpcId: vpc }))).rejects.toMatchObject({ name: 'DependencyViolation' });
});

test('an ACL entry is made once, and its number says where it stands', async () => {
  const filter = { Filters: [{ Name: 'association.subnet-id', Values: [subnet] }] };
  const { NetworkAcls: [acl] = [] } = await ec2.send(new DescribeNetworkAclsCommand(filter));
  const entry = {
    NetworkAclId: acl?.NetworkAclId,
    RuleNumber: 90,
    Protocol: '-1',
    Egress: false,
    CidrBlock: '198.51.100.7/32',
  };
  await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleAction: 'deny' }));
  await expect(ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleAction: 'deny' }))).rejects.toMatchObject({
    name: 'NetworkAclEntryAlreadyExists',
  });
  const { NetworkAcls: [after] = [] } = await ec2.send(new DescribeNetworkAclsCommand(filter));
  const inbound = after?.Entries?.filter(({ Egress }) => Egress === false).map(({ RuleNumber }) => RuleNumber);
  expect(inbound).toEqual([90, 100, 32767]);
});

test('an instance boots as a host that runs its user data, with credentials that only a stop and start renews', async () => {
  const iam = new IAMClient(range.as());
  const Principal = { Service: 'ec2.amazonaws.com' };
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'server', AssumeRolePolicyDocument: trust }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'server' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'server', RoleName: 'server' }));
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'ssh', Description: 'ssh', VpcId: vpc }),
  );
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const script =
    '#!/bin/bash\nhostname > /root/who\ncurl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/server > /root/keys\n';
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
      PrivateIpAddress: '10.0.0.15',
      SecurityGroupIds: [GroupId ?? ''],
      IamInstanceProfile: { Name: 'server' },
      MetadataOptions: { HttpTokens: 'optional' },
      UserData: Buffer.from(script).toString('base64'),
    }),
  );
  const InstanceIds = [launched?.InstanceId ?? ''];
  const machine = { account: range.account, region: 'us-west-2', instance: InstanceIds[0]! };
  const on = async (command: string) => {
    const job = range.machines.host(machine)?.start(command, { why: 'test' });
    await range.pass(60_000);
    return (await job?.done)?.stdout;
  };
  await range.pass(180_000);
  expect(await on('cat /root/who')).toBe('ip-10-0-0-15.us-west-2.compute.internal\n');
  const key = 'curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/server | grep AccessKeyId';
  const first = await on(key);
  expect(first).toMatch(/"AccessKeyId" : "ASIA\w{16}"/);
  expect(await on(key)).toBe(first);
  await ec2.send(new StopInstancesCommand({ InstanceIds }));
  await range.pass(120_000);
  expect(range.machines.host(machine)).toBeUndefined();
  await ec2.send(new StartInstancesCommand({ InstanceIds }));
  await range.pass(180_000);
  expect(await on('cat /root/who')).toBe('ip-10-0-0-15.us-west-2.compute.internal\n');
  expect(await on(key)).not.toBe(first);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await range.pass(120_000);
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('terminated');
});

test('an elastic address needs a gateway, then is what the world sees', async () => {
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnet, AssociatePublicIpAddress: true }],
    }),
  );
  const InstanceId = launched?.InstanceId;
  const association = async () => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId ?? ''] }));
    return Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces?.[0]?.Association;
  };
  await range.pass(60_000);
  expect((await association())?.IpOwnerId).toBe('amazon');
  await expect(ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId }))).rejects.toMatchObject({
    name: 'Gateway.NotAttached',
  });
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }));
  const tables = await ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }));
  const RouteTableId = tables.RouteTables?.[0]?.RouteTableId;
  await ec2.send(
    new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId }),
  );
  await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId }));
  expect(await association()).toMatchObject({ PublicIp, IpOwnerId: range.account });
});
