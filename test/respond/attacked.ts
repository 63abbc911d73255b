import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateDetectorCommand, CreateThreatIntelSetCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  CreateRoleCommand,
  DeleteAccountPasswordPolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { JsonObject } from '../../src/model/json.ts';
import { ask } from '../../src/run/adapters/door/client.ts';
import type { RangeFindings } from '../../src/run/range-findings.ts';
import { type StartedRange, startRange } from '../clients/started-range.ts';
import { allow, trust } from '../support/identities.ts';

/** Where the thief calls from, and whom the instance speaks to. */
const [callers, elsewhere] = ['203.0.113.10', '198.51.100.77'];

export interface Attacked {
  readonly range: StartedRange;
  readonly settings: ReturnType<typeof settingsOf>;
  /** The stolen session's, which may list buckets. */
  readonly stolen: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
  readonly subnet: string;
  /** Waits until the range has a finding of this type that is about this. */
  finding(type: string, about: string): Promise<JsonObject>;
}

/** A range in which a role's session is used by a thief, and an instance speaks to a listed address. */
export async function attacked(): Promise<Attacked> {
  // An hour a minute: a threat list takes five minutes to match.
  const range = await startRange('--speed', '60');
  const settings = settingsOf(range);
  await watched(settings);
  const subnet = await speaking(settings);
  const stolen = await leaked(settings);
  await found(range, 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', '');
  const thief = new IAMClient({ ...settings, credentials: stolen });
  await thief.send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);
  return { range, settings, stolen, subnet, finding: (type, about) => found(range, type, about) };
}

function settingsOf({ env, endpoint }: StartedRange) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  return { region: 'us-west-2', endpoint, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } };
}

async function watched(settings: Attacked['settings']): Promise<void> {
  const s3 = new S3Client(settings);
  await s3.send(new CreateBucketCommand({ Bucket: 'lists' }));
  await s3.send(new PutObjectCommand({ Bucket: 'lists', Key: 'bad.txt', Body: `${callers}\n${elsewhere}\n` }));
  const guardduty = new GuardDutyClient(settings);
  const { DetectorId } = await guardduty.send(new CreateDetectorCommand({ Enable: true }));
  const list = { DetectorId, Name: 'bad', Format: 'TXT', Location: 's3://lists/bad.txt', Activate: true } as const;
  await guardduty.send(new CreateThreatIntelSetCommand(list));
}

async function leaked(settings: Attacked['settings']): Promise<Attacked['stolen']> {
  const iam = new IAMClient(settings);
  const role = { RoleName: 'worker', AssumeRolePolicyDocument: trust({ AWS: '*' }), MaxSessionDuration: 43_200 };
  await iam.send(new CreateRoleCommand(role));
  const PolicyDocument = allow('s3:ListAllMyBuckets', '*');
  await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'little', PolicyDocument }));
  return session(settings);
}

/** One of the role, issued now. */
export async function session(settings: Attacked['settings']): Promise<Attacked['stolen']> {
  const { Role } = await new IAMClient(settings).send(new GetRoleCommand({ RoleName: 'worker' }));
  const wanted = { RoleArn: Role?.Arn, RoleSessionName: 'job', DurationSeconds: 43_200 };
  const { Credentials: keys } = await new STSClient(settings).send(new AssumeRoleCommand(wanted));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = keys ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** The instance's subnet. */
async function speaking(settings: Attacked['settings']): Promise<string> {
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: Vpc?.VpcId }));
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: Vpc?.VpcId }));
  const RouteTableId = RouteTable?.RouteTableId;
  const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId };
  await ec2.send(new CreateRouteCommand(route));
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: Subnet?.SubnetId }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const script = `#!/bin/bash\nwhile true; do curl -s -m 5 http://${elsewhere}/; sleep 30; done &\n`;
  await ec2.send(
    new RunInstancesCommand({
      ImageId: image?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      UserData: Buffer.from(script).toString('base64'),
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: Subnet?.SubnetId, AssociatePublicIpAddress: true }],
    }),
  );
  return Subnet?.SubnetId ?? '';
}

const lookMs = 250;
const looksMax = 240;

async function found({ endpoint, env }: StartedRange, type: string, about: string): Promise<JsonObject> {
  for (let look = 0; look < looksMax; look++) {
    const { findings } = (await ask(Number(new URL(endpoint).port), env, 'findings')) as RangeFindings;
    const one = findings.find(({ json }) => json['type'] === type && JSON.stringify(json['resource']).includes(about));
    if (one !== undefined) return one.json;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new Error(`no finding ${type} about ${about}`);
}
