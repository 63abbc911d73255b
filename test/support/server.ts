import type { Host } from '../../src/range/hosts/host.ts';
import type { LocalRange } from '../../src/run/local.ts';
import { administratorOf } from './administrator.ts';

type Resources = Readonly<Record<string, object>>;

const Parameters = {
  Image: {
    Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
    Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  },
};

/** Makes a stack of these resources and gives their physical ids; throws with AWS's reasons where it does not come up. */
export async function stackOf(
  range: LocalRange,
  StackName: string,
  Resources: Resources,
): Promise<Readonly<Record<string, string>>> {
  const call = administratorOf(range);
  const TemplateBody = JSON.stringify({ Parameters, Resources });
  await call('cloudformation.CreateStack', { StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] });
  await range.clock.advance(range.clock.now() + 120_000);
  const events = rowsOf(await call('cloudformation.DescribeStackEvents', { StackName }), 'StackEvents');
  if (events[0]?.['ResourceStatus'] !== 'CREATE_COMPLETE') {
    throw new Error(
      events
        .map((each) => `${each['LogicalResourceId']} ${each['ResourceStatus']} ${each['ResourceStatusReason']}`)
        .join('\n'),
    );
  }
  const made = rowsOf(await call('cloudformation.DescribeStackResources', { StackName }), 'StackResources');
  return Object.fromEntries(made.map((each) => [`${each['LogicalResourceId']}`, `${each['PhysicalResourceId']}`]));
}

/** What the model says is a list of structures. */
function rowsOf(answer: Record<string, unknown>, name: string) {
  return (answer[name] ?? []) as readonly Readonly<Record<string, unknown>>[];
}

/** An instance that reaches the internet, with a role that may do these actions; its resource is `Server`. */
export function serverWith(actions: readonly string[], userData = '#!/bin/bash\ntrue'): Resources {
  const tied = { VpcId: { Ref: 'Vpc' } };
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { ...tied, InternetGatewayId: { Ref: 'Gateway' } },
    },
    Routes: { Type: 'AWS::EC2::RouteTable', Properties: tied },
    Route: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attachment',
      Properties: { RouteTableId: { Ref: 'Routes' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } },
    },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { ...tied, CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true },
    },
    Association: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Routes' } },
    },
    ...roleWith('Role', 'ec2.amazonaws.com', actions),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
    Server: {
      Type: 'AWS::EC2::Instance',
      DependsOn: ['Route', 'Association'],
      Properties: {
        ImageId: { Ref: 'Image' },
        InstanceType: 't3.micro',
        SubnetId: { Ref: 'Subnet' },
        IamInstanceProfile: { Ref: 'Profile' },
        UserData: { 'Fn::Base64': userData },
      },
    },
  };
}

/** A role for a service. */
export function roleWith(name: string, Service: string, Action: readonly string[]): Resources {
  const document = (Statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...Statement }] });
  return {
    [name]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document({ Principal: { Service }, Action: 'sts:AssumeRole' }),
        Policies: [{ PolicyName: 'may', PolicyDocument: document({ Action, Resource: '*' }) }],
      },
    },
  };
}

export function hostOf(range: LocalRange, instance: string): Host {
  const host = range.machines.host({ account: range.account, region: 'us-west-2', instance });
  if (host === undefined) throw new Error(`${instance} is off`);
  return host;
}

/** Runs a script as root, lets time pass as far as given, and says `status|stdout|stderr`. */
export async function runOn(range: LocalRange, host: Host, script: string, forMs = 600_000): Promise<string> {
  const job = host.start(script, { why: 'test', env: { AWS_REGION: 'us-west-2' } });
  if (job === undefined) return 'not started';
  await range.clock.advance(range.clock.now() + forMs);
  if (job.status === undefined) return 'still running';
  const { status, stdout, stderr } = await job.done;
  return `${status}|${stdout}|${stderr}`;
}
