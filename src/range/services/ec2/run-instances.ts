import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { instanceProfiles } from '../iam/tables.ts';
import { freeAddress, setPublicAddress } from './addresses.ts';
import { renderInstance } from './describe-instances.ts';
import { imageOf } from './images.ts';
import { type InstanceRow, type MetadataOptions, putInstance } from './instances.ts';
import { byName, noKeyPair } from './key-pairs.ts';
import { bootMs, instancesPerCallMax, userDataBytesMax } from './limits.ts';
import { createInterface, interfaces } from './network-interfaces.ts';
import { move } from './power.ts';
import { found, newId, refuse } from './resource.ts';
import { type SubnetRow, subnets } from './subnets.ts';
import { type TagSpecification, tagsFor } from './tags.ts';

interface NetworkInterfaceInput {
  readonly DeviceIndex?: number;
  readonly SubnetId?: string;
  readonly Groups?: readonly string[];
  readonly PrivateIpAddress?: string;
  readonly AssociatePublicIpAddress?: boolean;
  readonly Description?: string;
}

export interface RunInput {
  readonly ImageId?: string;
  readonly InstanceType?: string;
  readonly MinCount: number;
  readonly MaxCount: number;
  readonly KeyName?: string;
  readonly SubnetId?: string;
  readonly SecurityGroupIds?: readonly string[];
  readonly PrivateIpAddress?: string;
  readonly NetworkInterfaces?: readonly NetworkInterfaceInput[];
  readonly UserData?: string;
  readonly IamInstanceProfile?: { readonly Arn?: string; readonly Name?: string };
  readonly MetadataOptions?: MetadataInput;
  readonly Monitoring?: { readonly Enabled?: boolean };
  readonly DisableApiTermination?: boolean;
  readonly TagSpecifications?: readonly TagSpecification[];
}

export interface MetadataInput {
  readonly HttpTokens?: string;
  readonly HttpPutResponseHopLimit?: number;
  readonly HttpEndpoint?: string;
  readonly InstanceMetadataTags?: string;
}

export const RunInstances = operation<RunInput>({
  trail: { request: (input) => runParameters(input as unknown as RunInput) },
  handle(input, call) {
    if (input.ImageId === undefined) throw refuse('MissingParameter', 'The request must contain the parameter ImageId');
    if (input.MinCount < 1 || input.MaxCount < input.MinCount) {
      throw refuse('InvalidParameterCombination', 'The minimum instance count should not be greater than the maximum');
    }
    if (input.MaxCount > instancesPerCallMax) {
      throw refuse(
        'InstanceLimitExceeded',
        `You have requested more instances (${input.MaxCount}) than your current instance limit of ${instancesPerCallMax} allows.`,
      );
    }
    const reservation = `r-${call.ids.hex(17)}`;
    const launched = Array.from({ length: input.MaxCount }, () => launch(input, reservation, call));
    return {
      ReservationId: reservation,
      OwnerId: call.account,
      Groups: [],
      Instances: launched.map((instance) => renderInstance(instance, call)),
    };
  },
});

function launch(input: RunInput, reservation: string, call: Call): InstanceRow {
  const image = imageOf(call, input.ImageId ?? '');
  const subnet = subnetOf(input, call);
  if (input.KeyName !== undefined && byName(call, input.KeyName) === undefined) throw noKeyPair(input.KeyName);
  const id = newId(call, { prefix: 'i' });
  const interfaceId = newInterface(input, { id, subnet: subnet.id }, call);
  const publicOnLaunch = input.NetworkInterfaces?.[0]?.AssociatePublicIpAddress ?? subnet.publicOnLaunch;
  if (publicOnLaunch) setPublicAddress(call, interfaces.rows.get(call, interfaceId)!, freeAddress(call));
  const instance = putInstance(call, {
    id,
    image: image.id,
    vintage: image.vintage,
    type: input.InstanceType ?? 'm1.small',
    state: 'pending',
    moves: 0,
    subnet: subnet.id,
    vpc: subnet.vpc,
    zone: subnet.zone,
    interface: interfaceId,
    metadata: metadataOf(input.MetadataOptions, {
      tokens: image.imdsSupport === 'v2.0' ? 'required' : 'optional',
      hopLimit: image.imdsSupport === 'v2.0' ? 2 : 1,
      enabled: true,
      tags: false,
    }),
    reservation,
    launchedAt: call.time,
    boots: 0,
    publicOnLaunch,
    monitoring: input.Monitoring?.Enabled ?? false,
    terminationProtected: input.DisableApiTermination ?? false,
    tags: tagsFor('instance', input.TagSpecifications, call),
    ...(input.KeyName === undefined ? {} : { keyName: input.KeyName }),
    ...(input.UserData === undefined ? {} : { userData: checkedUserData(input.UserData) }),
    ...profileOf(input.IamInstanceProfile, call),
  });
  move(instance, 'running', call, bootMs);
  return instance;
}

function subnetOf(input: RunInput, call: Call): SubnetRow {
  const id = input.NetworkInterfaces?.[0]?.SubnetId ?? input.SubnetId;
  if (id !== undefined) return found(subnets, call, id);
  throw refuse(
    'VPCIdNotSpecified',
    'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
  );
}

/** The one interface of an instance: what the call says of it stands there, or beside the instance's own members. */
function newInterface(input: RunInput, of: { readonly id: string; readonly subnet: string }, call: Call): string {
  const [given] = input.NetworkInterfaces ?? [];
  const address = given?.PrivateIpAddress ?? input.PrivateIpAddress;
  const groups = given?.Groups ?? input.SecurityGroupIds;
  const { id } = createInterface(call, {
    subnet: of.subnet,
    instance: of.id,
    tags: tagsFor('network-interface', input.TagSpecifications, call),
    ...(address === undefined ? {} : { address }),
    ...(groups === undefined ? {} : { groups }),
    ...(given?.Description === undefined ? {} : { description: given.Description }),
  });
  return id;
}

/** A profile is named by its name or its ARN. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfileSpecification.html */
export function profileOf(given: RunInput['IamInstanceProfile'], call: Call): Pick<InstanceRow, 'profile'> {
  if (given === undefined) return {};
  const name = given.Name ?? (given.Arn ?? '').slice((given.Arn ?? '').lastIndexOf('/') + 1);
  const profile = instanceProfiles.get(call, name);
  if (profile === undefined || (given.Arn !== undefined && given.Arn !== profile.arn)) {
    const what = given.Arn === undefined ? `iamInstanceProfile.name` : 'iamInstanceProfile.arn';
    throw refuse(
      'InvalidParameterValue',
      `Value (${given.Arn ?? name}) for parameter ${what} is invalid. Invalid IAM Instance Profile ${given.Arn === undefined ? 'name' : 'ARN'}`,
    );
  }
  return { profile: { arn: profile.arn, id: profile.id, association: `iip-assoc-${call.ids.hex(17)}` } };
}

export function metadataOf(input: MetadataInput | undefined, before: MetadataOptions): MetadataOptions {
  return {
    tokens: input?.HttpTokens === undefined ? before.tokens : input.HttpTokens === 'required' ? 'required' : 'optional',
    hopLimit: input?.HttpPutResponseHopLimit ?? before.hopLimit,
    enabled: input?.HttpEndpoint === undefined ? before.enabled : input.HttpEndpoint === 'enabled',
    tags: input?.InstanceMetadataTags === undefined ? before.tags : input.InstanceMetadataTags === 'enabled',
  };
}

function checkedUserData(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replaceAll('=', '') !== text.replaceAll(/[\s=]/g, '')) {
    throw refuse('InvalidParameterValue', 'Invalid BASE64 encoding of user data.');
  }
  if (bytes.length > userDataBytesMax)
    throw refuse('InvalidParameterValue', `User data is limited to ${userDataBytesMax} bytes`);
  return text;
}

/** CloudTrail hides user data and shows lists as EC2's own records do. */
function runParameters(input: RunInput) {
  return {
    instancesSet: {
      items: [
        {
          imageId: input.ImageId ?? null,
          minCount: input.MinCount,
          maxCount: input.MaxCount,
          ...(input.KeyName === undefined ? {} : { keyName: input.KeyName }),
        },
      ],
    },
    ...(input.UserData === undefined ? {} : { userData: '<sensitiveDataRemoved>' }),
    ...(input.InstanceType === undefined ? {} : { instanceType: input.InstanceType }),
    ...(input.SubnetId === undefined ? {} : { subnetId: input.SubnetId }),
    ...(input.SecurityGroupIds === undefined
      ? {}
      : { groupSet: { items: input.SecurityGroupIds.map((groupId) => ({ groupId })) } }),
    ...(input.IamInstanceProfile === undefined
      ? {}
      : {
          iamInstanceProfile:
            input.IamInstanceProfile.Name === undefined
              ? { arn: input.IamInstanceProfile.Arn ?? null }
              : { name: input.IamInstanceProfile.Name },
        }),
  };
}
