import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeFlowLogsCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let cloudformation: CloudFormationClient;
let ec2: EC2Client;

beforeAll(async () => {
  range = await testRange();
  cloudformation = new CloudFormationClient(range.as());
  ec2 = new EC2Client(range.as());
});
afterAll(() => range.close());

const network = `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attached: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Out:
    Type: AWS::EC2::Route
    DependsOn: Attached
    Properties: { RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true } }
  Routed: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
  Web: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: web, VpcId: !Ref Vpc } }
`;

const waiting = (signal: string, timeout = 600) => `
Parameters:
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
Resources:
${network}
  Handle: { Type: AWS::CloudFormation::WaitConditionHandle }
  Ready: { Type: AWS::CloudFormation::WaitCondition, DependsOn: Server, Properties: { Handle: !Ref Handle, Timeout: ${timeout} } }
  Server:
    Type: AWS::EC2::Instance
    DependsOn: [Out, Routed]
    Properties:
      ImageId: !Ref Image
      SubnetId: !Ref Subnet
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          sleep 60
          ${signal}
Outputs: { Said: { Value: !GetAtt Ready.Data } }
`;

const rules = `
Resources:
${network}
  App: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: app, VpcId: !Ref Vpc } }
  FromWeb:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !Ref App, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !Ref Web }
  ToApp:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: { GroupId: !Ref Web, IpProtocol: tcp, FromPort: 8080, ToPort: 8080, DestinationSecurityGroupId: !Ref App }
  Key: { Type: AWS::EC2::KeyPair, Properties: { KeyName: made } }
  Records:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: REJECT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::records
Outputs:
  App: { Value: !Ref App }
  Web: { Value: !Ref Web }
  Rule: { Value: !Ref FromWeb }
  KeyId: { Value: !GetAtt Key.KeyPairId }
  Records: { Value: !Ref Records }
`;

async function made(StackName: string, TemplateBody: string) {
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody, OnFailure: 'DO_NOTHING' }));
  await range.pass(900_000);
  const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  const outputs = Object.fromEntries((stack?.Outputs ?? []).map((one) => [one.OutputKey ?? '', one.OutputValue ?? '']));
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  const reason = StackEvents.find(
    (one) => one.ResourceStatus === 'CREATE_FAILED' && one.LogicalResourceId === 'Ready',
  )?.ResourceStatusReason;
  return { status: stack?.StackStatus, outputs, reason };
}

const signal = (body: object) => `curl -X PUT -H 'Content-Type:' --data-binary '${JSON.stringify(body)}' "\${Handle}"`;

test('a stack waits for the signal of an instance', async () => {
  const { status, outputs } = await made('ready', waiting(signal({ Status: 'SUCCESS', UniqueId: 'web', Data: 'up' })));
  expect([status, outputs['Said']]).toEqual(['CREATE_COMPLETE', '{"web":"up"}']);
});

test.each([
  [
    'that fails',
    signal({ Status: 'FAILURE', UniqueId: 'web', Reason: 'no disk' }),
    "WaitCondition received failed message: 'no disk' for uniqueId: web",
  ],
  ['that does not come', 'true', 'WaitCondition timed out. Received 0 conditions when expecting 1'],
])('a stack ends by a signal %s', async (name, text, reason) => {
  const ended = await made(name.replaceAll(' ', '-'), waiting(text, 300));
  expect([ended.status, ended.reason]).toEqual(['CREATE_FAILED', reason]);
});

test('rules beside their groups, a key pair and a flow log come and go with their stack', async () => {
  const { status, outputs } = await made('rules', rules);
  expect(status).toBe('CREATE_COMPLETE');
  const groups = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [outputs['App'] ?? '', outputs['Web'] ?? ''] }),
  );
  const [app, web] = [outputs['App'], outputs['Web']].map((id) =>
    groups.SecurityGroups?.find((one) => one.GroupId === id),
  );
  expect(app?.IpPermissions).toMatchObject([{ FromPort: 8080, UserIdGroupPairs: [{ GroupId: outputs['Web'] }] }]);
  expect(web?.IpPermissionsEgress).toMatchObject([
    { IpProtocol: '-1' },
    { FromPort: 8080, UserIdGroupPairs: [{ GroupId: outputs['App'] }] },
  ]);
  expect(outputs['Rule']).toMatch(/^sgr-/);
  const Name = `/ec2/keypair/${outputs['KeyId']}`;
  const ssm = new SSMClient(range.as());
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(Parameter?.Value).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
  const flowLogs = async () =>
    (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map((one) => [one.FlowLogId, one.TrafficType]);
  expect(await flowLogs()).toEqual([[outputs['Records'], 'REJECT']]);
  await cloudformation.send(new DeleteStackCommand({ StackName: 'rules' }));
  await range.pass(300_000);
  expect(await flowLogs()).toEqual([]);
  expect((await ec2.send(new DescribeKeyPairsCommand({}))).KeyPairs).toEqual([]);
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
