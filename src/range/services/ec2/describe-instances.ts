import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { type DescribeInput, describe, type FilterFacts } from './describe.ts';
import { type InstanceRow, instanceStates, instances, stateOf } from './instances.ts';
import { groupIds, type InterfaceRow, interfaces, render as renderInterface } from './network-interfaces.ts';
import { tagSet } from './tags.ts';

/** Instances that were launched together are one reservation. */
export const DescribeInstances = operation<DescribeInput & { InstanceIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(instances, call, input, input.InstanceIds, (instance) => facts(instance, call));
    const reservations = new Map<string, InstanceRow[]>();
    for (const row of rows) reservations.set(row.reservation, [...(reservations.get(row.reservation) ?? []), row]);
    return {
      Reservations: [...reservations].map(([id, launched]) => ({
        ReservationId: id,
        OwnerId: call.account,
        Groups: [],
        Instances: launched.map((instance) => renderInstance(instance, call)),
      })),
      ...token,
    };
  },
});

export const DescribeInstanceStatus = operation<
  DescribeInput & { InstanceIds?: readonly string[]; IncludeAllInstances?: boolean }
>({
  handle(input, call) {
    const { rows } = describe(instances, call, input, input.InstanceIds, (instance) => facts(instance, call));
    const shown = rows.filter(({ state }) => input.IncludeAllInstances === true || state === 'running');
    const status = (instance: InstanceRow) => {
      const word = instance.state === 'running' ? 'passed' : 'insufficient-data';
      const summary = instance.state === 'running' ? 'ok' : 'not-applicable';
      return { Status: summary, Details: instance.state === 'running' ? [{ Name: 'reachability', Status: word }] : [] };
    };
    return {
      InstanceStatuses: shown.map((instance) => ({
        InstanceId: instance.id,
        AvailabilityZone: instance.zone,
        InstanceState: stateOf(instance.state),
        InstanceStatus: status(instance),
        SystemStatus: status(instance),
      })),
    };
  },
});

function facts(instance: InstanceRow, call: Call): FilterFacts {
  const nic = interfaces.rows.get(call, instance.interface);
  return {
    'instance-id': instance.id,
    'instance-state-name': instance.state,
    'instance-state-code': String(instanceStates[instance.state]),
    'instance-type': instance.type,
    'image-id': instance.image,
    'key-name': instance.keyName,
    'subnet-id': instance.subnet,
    'vpc-id': instance.vpc,
    'availability-zone': instance.zone,
    'private-ip-address': nic?.address,
    'ip-address': nic?.publicAddress,
    'network-interface.addresses.association.public-ip': nic?.publicAddress,
    'network-interface.network-interface-id': instance.interface,
    'instance.group-id': nic?.groups,
    'network-interface.group-id': nic?.groups,
    'iam-instance-profile.arn': instance.profile?.arn,
    'iam-instance-profile.id': instance.profile?.id,
    'reservation-id': instance.reservation,
    'owner-id': call.account,
    architecture: 'x86_64',
    tenancy: 'default',
    'root-device-type': 'ebs',
    'metadata-options.http-tokens': instance.metadata.tokens,
  };
}

export function renderInstance(instance: InstanceRow, call: Call) {
  const nic = interfaces.rows.get(call, instance.interface);
  return {
    InstanceId: instance.id,
    ImageId: instance.image,
    State: stateOf(instance.state),
    InstanceType: instance.type,
    ...(instance.keyName === undefined ? {} : { KeyName: instance.keyName }),
    LaunchTime: new Date(instance.launchedAt),
    Placement: { AvailabilityZone: instance.zone, GroupName: '', Tenancy: 'default' },
    Monitoring: { State: instance.monitoring ? 'enabled' : 'disabled' },
    Architecture: 'x86_64',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    EbsOptimized: false,
    EnaSupport: true,
    AmiLaunchIndex: 0,
    ProductCodes: [],
    BlockDeviceMappings: [],
    StateTransitionReason: instance.stateReason === undefined ? '' : 'User initiated',
    ...(instance.stateReason === undefined
      ? {}
      : { StateReason: { Code: instance.stateReason.split(':')[0], Message: instance.stateReason } }),
    ...(instance.profile === undefined
      ? {}
      : { IamInstanceProfile: { Arn: instance.profile.arn, Id: instance.profile.id } }),
    MetadataOptions: {
      State: 'applied',
      HttpTokens: instance.metadata.tokens,
      HttpPutResponseHopLimit: instance.metadata.hopLimit,
      HttpEndpoint: instance.metadata.enabled ? 'enabled' : 'disabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: instance.metadata.tags ? 'enabled' : 'disabled',
    },
    ...(nic === undefined ? { NetworkInterfaces: [], SecurityGroups: [] } : networkOf(nic, call)),
    Tags: tagSet(instance),
  };
}

function networkOf(nic: InterfaceRow, call: Call) {
  const publicDns =
    nic.publicAddress === undefined
      ? ''
      : `ec2-${nic.publicAddress.replaceAll('.', '-')}.${call.region}.compute.amazonaws.com`;
  return {
    VpcId: nic.vpc,
    SubnetId: nic.subnet,
    PrivateIpAddress: nic.address,
    PrivateDnsName: `ip-${nic.address.replaceAll('.', '-')}.${call.region}.compute.internal`,
    PublicDnsName: publicDns,
    ...(nic.publicAddress === undefined ? {} : { PublicIpAddress: nic.publicAddress }),
    SourceDestCheck: nic.sourceDestCheck,
    SecurityGroups: groupIds(nic, call),
    NetworkInterfaces: [renderInterface(nic, call)],
  };
}
