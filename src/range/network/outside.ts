import { cidrHolds, ipv4Bits, ipv4Text, isIpv6 } from '../../aws/network/cidr.ts';
import type { Vpc } from './world.ts';

/** A named machine on the internet. Its addresses, country and network are what detectors and look-ups see. */
export interface OutsideHost {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly country: string;
  readonly asn: number;
  readonly organisation: string;
  /** TCP ports that answer; others refuse. */
  readonly ports: readonly number[];
  /** What it serves over HTTP, by path. */
  readonly pages?: Readonly<Record<string, string>>;
}

/** The small world outside: its hosts by name and address, and which addresses are AWS's. */
export interface Outside {
  byName(name: string): OutsideHost | undefined;
  byAddress(address: string): OutsideHost | undefined;
  /** The AWS region that an address belongs to. */
  awsRegion(address: string): string | undefined;
  /** The public address of callers over loopback, which is what CloudTrail and `aws:SourceIp` show for them. */
  readonly loopbackCaller: string;
}

export function createOutside(hosts: readonly OutsideHost[], loopbackCaller: string): Outside {
  const names = new Map(hosts.map((host) => [host.name, host]));
  const addresses = new Map(hosts.flatMap((host) => host.addresses.map((address) => [address, host] as const)));
  return {
    loopbackCaller,
    byName: (name) => names.get(name.replace(/\.$/, '').toLowerCase()),
    byAddress: (address) => addresses.get(address),
    awsRegion: (address) => awsPools.find((pool) => cidrHolds(pool.block, address))?.region,
  };
}

/**
 * Blocks that AWS publishes as EC2's (https://ip-ranges.amazonaws.com/ip-ranges.json), one or two a region:
 * elastic addresses are drawn from them, and lists of AWS's addresses hold them.
 */
export const awsPools: readonly { readonly region: string; readonly block: string }[] = [
  { region: 'us-east-1', block: '3.208.0.0/12' },
  { region: 'us-east-2', block: '3.128.0.0/15' },
  { region: 'us-west-1', block: '13.52.0.0/16' },
  { region: 'us-west-2', block: '44.224.0.0/11' },
  { region: 'ca-central-1', block: '3.96.0.0/15' },
  { region: 'eu-west-1', block: '3.248.0.0/13' },
  { region: 'eu-west-2', block: '3.8.0.0/14' },
  { region: 'eu-central-1', block: '3.120.0.0/14' },
  { region: 'eu-north-1', block: '13.48.0.0/15' },
  { region: 'ap-northeast-1', block: '3.112.0.0/14' },
  { region: 'ap-northeast-2', block: '3.34.0.0/15' },
  { region: 'ap-southeast-1', block: '3.0.0.0/15' },
  { region: 'ap-southeast-2', block: '3.104.0.0/14' },
  { region: 'ap-south-1', block: '3.6.0.0/15' },
  { region: 'sa-east-1', block: '15.228.0.0/15' },
];

/** The n-th elastic address of a region. Regions without a published block here draw from us-west-2's far end. */
export function poolAddress(region: string, n: number): string {
  const pool = awsPools.find((candidate) => candidate.region === region);
  const block = pool?.block ?? '44.254.0.0/16';
  // A stride that shares no factor with the block's size visits every address once and looks drawn by lot.
  const [base, length] = block.split('/');
  const size = 2 ** (32 - Number(length)) - 2;
  return ipv4Text(ipv4Bits(base ?? '') + 1 + ((n * 40503 + 7919) % size));
}

const notOnTheInternet = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];

export function isPrivateAddress(address: string): boolean {
  return notOnTheInternet.some((block) => cidrHolds(block, address));
}

/**
 * Metadata, time and name service live on the link: neither groups, ACLs nor flow logs see them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html
 */
export function linkService(vpc: Vpc | undefined, address: string): 'metadata' | 'resolver' | undefined {
  if (address === '169.254.169.254' || address === 'fd00:ec2::254') return 'metadata';
  if (address === '169.254.169.253' || address === 'fd00:ec2::253') return 'resolver';
  const first = vpc?.blocks.find((block) => !isIpv6(block));
  if (first === undefined) return undefined;
  // The resolver answers at the second address of the VPC's first block as well.
  return ipv4Bits(address) === ipv4Bits(first.split('/')[0] ?? '') + 2 ? 'resolver' : undefined;
}
