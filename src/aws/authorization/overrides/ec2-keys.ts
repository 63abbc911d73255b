import type { ServedKey } from '../table.ts';

const row = (from: ServedKey['from'], why: string, names: string) =>
  names.split(' ').map((name) => [`ec2:${name}`, { from, why }] as const);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-policy-keys */
export const ec2Keys: Readonly<Record<string, ServedKey>> = Object.fromEntries([
  ...row('request', 'serviceKeysOf: the region of the call.', 'Region'),
  ...row(
    'state',
    'What the resource is, or what the input names by id.',
    'Vpc Subnet VpcID SubnetID InstanceID ImageID VolumeID SnapshotID SecurityGroupID InternetGatewayID RouteTableID ' +
      'NetworkAclID NetworkInterfaceID AllocationId PublicIpAddress Domain AvailabilityZone AvailabilityZoneId ' +
      'InstanceType InstanceProfile NewInstanceProfile RootDeviceType ImageType Owner Public Tenancy EbsOptimized ' +
      'MetadataHttpEndpoint MetadataHttpPutResponseHopLimit MetadataHttpTokens InstanceMetadataTags ProductCode ' +
      'Encrypted ParentSnapshot ParentVolume SnapshotTime VolumeIops VolumeSize VolumeThroughput VolumeType ' +
      'VolumeInitializationRate KeyPairName KeyPairType DhcpOptionsID AssociatePublicIpAddress Permission ' +
      'Attribute Attribute/${AttributeName} Add/group Add/userId Remove/group Remove/userId AuthorizedUser AuthorizedService ' +
      'CloudwatchLogGroupArn CloudwatchLogStreamArn VpcPeeringConnectionID AccepterVpc RequesterVpc PlacementGroup ' +
      'PlacementGroupName PlacementGroupStrategy InstanceMarketType InstanceAutoRecovery InstanceBandwidthWeighting CpuOptionsAmdSevSnp',
  ),
  ...row('absent', 'Launch templates are not built.', 'LaunchTemplate IsLaunchTemplateResource'),
  ...row(
    'absent',
    'Managed resources and outposts are not built.',
    'ManagedResourceOperator OutpostArn SourceOutpostArn',
  ),
  ...row('absent', 'Present only when a resource is tagged as it is made.', 'CreateAction'),
  ...row('absent', 'Transit gateways are not built.', 'transitGatewayAttachmentId transitGatewayId'),
  ...row(
    'absent',
    'Copies between local zones and boot mode overrides are not built.',
    'SourceAvailabilityZone BootModeOverride',
  ),
  ...row('absent', 'Elastic GPUs are not built.', 'ElasticGpuType'),
  ...row('absent', 'Addresses come from no pool.', 'Ipv4IpamPoolId Ipv6IpamPoolId'),
]);
