import type { Entry, Override } from '../table.ts';
import { isRecord, listAt, textAt } from './members.ts';

type Input = Readonly<Record<string, unknown>>;
const place = { 'ec2:AvailabilityZone': 'Placement.AvailabilityZone' };
const tags = (type: string) => ({ t: `${type}Tags[]` });

/**
 * Each type of resource has keys of its own, so that a condition on the instance type does not judge the subnet.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances
 */
export function runInstances(passesProfile: Entry, profile: (input: Input) => Input): Override {
  const run = (rest: Omit<Entry, 'a'>): Entry => ({ a: 'ec2:RunInstances', ...rest });
  return {
    why: 'Image, instance, interface, volume, subnet, groups and key pair are each asked for; what is not named is the default in state. Who may nothing is refused on the instance, as AWS words it.',
    entries: [
      run({
        r: [['instance!', { InstanceId: '*' }]],
        k: {
          ...place,
          'ec2:InstanceType': 'InstanceType',
          'ec2:EbsOptimized': 'EbsOptimized',
          'ec2:Tenancy': 'Placement.Tenancy',
          'ec2:MetadataHttpTokens': 'MetadataOptions.HttpTokens',
          'ec2:MetadataHttpEndpoint': 'MetadataOptions.HttpEndpoint',
          'ec2:MetadataHttpPutResponseHopLimit': 'MetadataOptions.HttpPutResponseHopLimit',
          'ec2:InstanceProfile': '@ec2:instance-profile:Profile',
        },
        ...tags('Instance'),
      }),
      run({ r: [['image!', { ImageId: 'ImageId' }]], k: { 'ec2:ImageID': 'ImageId' } }),
      run({ r: [['network-interface!', { NetworkInterfaceId: 'Interfaces[]|*' }]], k: place, ...tags('Interface') }),
      run({ r: [['volume!', { VolumeId: '*' }]], k: place, ...tags('Volume') }),
      run({ r: [['subnet!', { SubnetId: 'Subnet|@ec2:default-subnet:Default' }]] }),
      run({ r: [['security-group!', { SecurityGroupId: 'Groups[]|@ec2:default-security-group:Place' }]] }),
      run({ if: 'KeyName', r: [['key-pair!', { KeyPairName: 'KeyName' }]], k: { 'ec2:KeyPairName': 'KeyName' } }),
      passesProfile,
      {
        a: 'ec2:CreateTags',
        if: 'TagSpecifications[].Tags[].Key',
        r: [['=arn:${Partition}:ec2:${Region}:${Account}:${Type}/*!', { Type: 'TagSpecifications[].ResourceType' }]],
        k: { 'ec2:CreateAction': '=RunInstances' },
        t: 'TagSpecifications[].Tags[]',
      },
    ],
    with: (input) => ({ ...profile(input), ...network(input), ...tagsByType(input) }),
  };
}

function network(input: Input): Input {
  const interfaces = listAt(input, 'NetworkInterfaces').filter(isRecord);
  const [first = {}] = interfaces;
  const subnet = textAt(input, 'SubnetId') ?? textAt(first, 'SubnetId');
  return {
    Interfaces: interfaces.map((each) => each['NetworkInterfaceId']).filter((id) => id !== undefined),
    Subnet: subnet,
    Groups: [...listAt(input, 'SecurityGroupIds'), ...interfaces.flatMap((each) => listAt(each, 'Groups'))],
    Default: 'default',
    Place: subnet ?? 'default',
  };
}

function tagsByType(input: Input): Input {
  const specifications = listAt(input, 'TagSpecifications').filter(isRecord);
  const of = (type: string) =>
    specifications.filter((each) => each['ResourceType'] === type).flatMap((each) => listAt(each, 'Tags'));
  return { InstanceTags: of('instance'), InterfaceTags: of('network-interface'), VolumeTags: of('volume') };
}
