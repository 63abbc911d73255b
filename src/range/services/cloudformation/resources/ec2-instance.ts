import { AwsError } from '../../../../aws/error.ts';
import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, numberOf, objectOf, objectsOf, textOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';
import { retag, tagged } from './ec2-tags.ts';

/** How often an instance that starts or ends is looked at, in virtual time. */
const lookMs = 5000;
const gone = 'InvalidInstanceID.NotFound';

interface Instance {
  readonly InstanceId: string;
  readonly State: { readonly Name: string };
  readonly Placement?: { readonly AvailabilityZone?: string };
  readonly PrivateDnsName?: string;
  readonly PrivateIpAddress?: string;
  readonly PublicDnsName?: string;
  readonly PublicIpAddress?: string;
  readonly VpcId?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html */
export const ec2Instance = resourceType({
  type: 'AWS::EC2::Instance',
  properties: [
    ...['DisableApiTermination', 'IamInstanceProfile', 'ImageId', 'InstanceType', 'KeyName', 'MetadataOptions'],
    ...['Monitoring', 'NetworkInterfaces', 'PrivateIpAddress', 'SecurityGroupIds', 'SubnetId', 'Tags', 'UserData'],
  ],
  // The range stops and starts nothing for an update: what needs it is another instance here.
  replacedBy: [
    ...['IamInstanceProfile', 'ImageId', 'InstanceType', 'KeyName', 'MetadataOptions', 'Monitoring'],
    ...['DisableApiTermination', 'NetworkInterfaces', 'PrivateIpAddress', 'SecurityGroupIds', 'SubnetId', 'UserData'],
  ],
  async create(properties, context) {
    const { Instances } = await context.call('ec2', 'RunInstances', {
      MinCount: 1,
      MaxCount: 1,
      ...runInput(properties),
      ...tagged('instance', properties, context),
    });
    const [instance] = Instances as readonly Instance[];
    if (instance === undefined) throw new AwsError('InternalFailure', 'RunInstances made no instance', { status: 500 });
    return { ...madeOf(instance), waitMs: lookMs };
  },
  async settle(_properties, made, context) {
    const instance = await look(made.physicalId, context);
    const state = instance?.State.Name;
    if (instance !== undefined && state === 'running') return madeOf(instance);
    if (instance !== undefined && state === 'pending') return { ...madeOf(instance), waitMs: lookMs };
    throw new AwsError('NotStabilized', `Instance ${made.physicalId} failed to start: it is ${state ?? 'gone'}`, {
      status: 400,
    });
  },
  async update(properties, { made, properties: was }, context) {
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    const instance = await look(made.physicalId, context);
    const state = instance?.State.Name ?? 'terminated';
    if (state === 'terminated') return undefined;
    if (state !== 'shutting-down') {
      await context.callUnless([gone], 'ec2', 'TerminateInstances', { InstanceIds: [made.physicalId] });
    }
    return lookMs;
  },
});

async function look(id: string, context: ResourceContext): Promise<Instance | undefined> {
  const answer = await context.callUnless([gone], 'ec2', 'DescribeInstances', { InstanceIds: [id] });
  const [reservation] = (answer?.['Reservations'] ?? []) as readonly { Instances: readonly Instance[] }[];
  return reservation?.Instances[0];
}

function madeOf(instance: Instance): Made {
  const attributes = given({
    InstanceId: instance.InstanceId,
    AvailabilityZone: instance.Placement?.AvailabilityZone,
    PrivateDnsName: instance.PrivateDnsName,
    PrivateIp: instance.PrivateIpAddress,
    PublicDnsName: instance.PublicDnsName,
    PublicIp: instance.PublicIpAddress,
    VpcId: instance.VpcId,
  }) as Record<string, string>;
  return { physicalId: instance.InstanceId, attributes };
}

function runInput(properties: JsonObject) {
  const profile = textOf(properties, 'IamInstanceProfile');
  const metadata = objectOf(properties, 'MetadataOptions');
  const monitoring = flagOf(properties, 'Monitoring');
  const interfaces = objectsOf(properties, 'NetworkInterfaces');
  const groups = textsOf(properties, 'SecurityGroupIds');
  return {
    ImageId: neededText(properties, 'ImageId'),
    ...given({
      InstanceType: textOf(properties, 'InstanceType'),
      KeyName: textOf(properties, 'KeyName'),
      SubnetId: textOf(properties, 'SubnetId'),
      PrivateIpAddress: textOf(properties, 'PrivateIpAddress'),
      UserData: textOf(properties, 'UserData'),
      DisableApiTermination: flagOf(properties, 'DisableApiTermination'),
      SecurityGroupIds: groups.length === 0 ? undefined : groups,
      IamInstanceProfile: profile === undefined ? undefined : { Name: profile },
      Monitoring: monitoring === undefined ? undefined : { Enabled: monitoring },
      MetadataOptions: metadata && metadataOf(metadata),
      NetworkInterfaces: interfaces.length === 0 ? undefined : interfaces.map(interfaceOf),
    }),
  };
}

function metadataOf(options: JsonObject) {
  return given({
    HttpTokens: textOf(options, 'HttpTokens'),
    HttpEndpoint: textOf(options, 'HttpEndpoint'),
    HttpPutResponseHopLimit: numberOf(options, 'HttpPutResponseHopLimit'),
    InstanceMetadataTags: textOf(options, 'InstanceMetadataTags'),
  });
}

function interfaceOf(each: JsonObject) {
  const groups = textsOf(each, 'GroupSet');
  return given({
    DeviceIndex: numberOf(each, 'DeviceIndex'),
    SubnetId: textOf(each, 'SubnetId'),
    PrivateIpAddress: textOf(each, 'PrivateIpAddress'),
    AssociatePublicIpAddress: flagOf(each, 'AssociatePublicIpAddress'),
    Description: textOf(each, 'Description'),
    Groups: groups.length === 0 ? undefined : groups,
  });
}
