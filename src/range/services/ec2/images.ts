import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { type DescribeInput, filtered } from './describe.ts';
import { refuse } from './resource.ts';

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** What the image asks of instances that do not say. */
  readonly imdsSupport?: 'v2.0';
  readonly vintage: '2019' | 'now';
  /** SSM public parameters that name it. */
  readonly parameters: readonly string[];
}

/** https://docs.aws.amazon.com/linux/al2023/ug/ec2.html: Amazon's account that owns its images. */
const amazonOwner = '137112412989';

/** Amazon's images that the range has hosts for; ids are the range's own, by region. */
const catalogue: readonly Omit<Image, 'id'>[] = [
  {
    name: 'al2023-ami-2023.9.20251110.1-kernel-6.1-x86_64',
    description: 'Amazon Linux 2023 AMI 2023.9.20251110.1 x86_64 HVM kernel-6.1',
    createdAt: '2025-11-11T00:00:00.000Z',
    architecture: 'x86_64',
    imdsSupport: 'v2.0',
    vintage: 'now',
    parameters: [
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64',
    ],
  },
  {
    name: 'amzn-ami-hvm-2018.03.0.20190611-x86_64-gp2',
    description: 'Amazon Linux AMI 2018.03.0.20190611 x86_64 HVM gp2',
    createdAt: '2019-06-12T00:00:00.000Z',
    architecture: 'x86_64',
    vintage: '2019',
    parameters: ['/aws/service/ami-amazon-linux-latest/amzn-ami-hvm-x86_64-gp2'],
  },
];

export function imagesOf(region: string): readonly Image[] {
  return catalogue.map((image, n) => ({ ...image, id: `ami-${checksum(`${region}/${n}`)}` }));
}

export function imageOf(scope: Pick<ReadScope, 'region'>, id: string): Image {
  const image = imagesOf(scope.region).find((each) => each.id === id);
  if (image === undefined) throw refuse('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  return image;
}

export const DescribeImages = operation<
  DescribeInput & { ImageIds?: readonly string[]; Owners?: readonly string[]; ExecutableUsers?: readonly string[] }
>({
  handle(input, call) {
    const owners = input.Owners ?? [];
    const amazon = owners.length === 0 || owners.includes('amazon') || owners.includes(amazonOwner);
    const named = input.ImageIds === undefined ? imagesOf(call.region) : input.ImageIds.map((id) => imageOf(call, id));
    const rows = filtered(amazon ? named : [], input.Filters, (image) => ({
      'image-id': image.id,
      name: image.name,
      description: image.description,
      architecture: image.architecture,
      state: 'available',
      'is-public': 'true',
      'owner-id': amazonOwner,
      'owner-alias': 'amazon',
      'root-device-type': 'ebs',
      'virtualization-type': 'hvm',
      platform: undefined,
      'image-type': 'machine',
      hypervisor: 'xen',
    }));
    return { Images: rows.map(render) };
  },
});

function render(image: Image) {
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    CreationDate: image.createdAt,
    Architecture: image.architecture,
    ImageLocation: `amazon/${image.name}`,
    ImageType: 'machine',
    OwnerId: amazonOwner,
    ImageOwnerAlias: 'amazon',
    Public: true,
    State: 'available',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    ...(image.imdsSupport === undefined ? {} : { ImdsSupport: image.imdsSupport }),
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { DeleteOnTermination: true, VolumeSize: 8, VolumeType: 'gp3', Encrypted: false },
      },
    ],
  };
}

/** 17 hex digits that stay the same for a region and image (FNV-1a, twice). */
function checksum(text: string): string {
  const fnv = (seed: bigint) => {
    let hash = seed;
    for (const char of text) hash = ((hash ^ BigInt(char.charCodeAt(0))) * 1_099_511_628_211n) & 0xffff_ffff_ffff_ffffn;
    return hash.toString(16).padStart(16, '0');
  };
  return `0${fnv(14_695_981_039_346_656_037n)}`;
}
