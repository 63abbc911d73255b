import type { AclEntry } from '../../aws/network/nacl.ts';

/**
 * The network as data: views over state that the ec2 service serves from its tables.
 * A decision reads through this port and nothing else, so that it is the same for a test, a bench and the range.
 */
export interface World {
  interface(id: string): NetworkInterface | undefined;
  /** Who holds a private address (or one of IPv6) inside a VPC. */
  privateAddress(vpc: string, address: string): NetworkInterface | undefined;
  /** Who holds a public address, of whatever account: an elastic one, one given at launch, or one of IPv6. */
  publicAddress(address: string): NetworkInterface | undefined;
  subnet(id: string): Subnet | undefined;
  vpc(id: string): Vpc | undefined;
  group(id: string): SecurityGroup | undefined;
  /** Addresses of a managed prefix list, for the rules and routes that name one. */
  prefixList(id: string): readonly string[];
}

export interface NetworkInterface {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly address: string;
  readonly ipv6?: readonly string[];
  /** What the internet gateway translates to and from, one to one. */
  readonly publicAddress?: string;
  readonly groups: readonly string[];
  readonly sourceDestCheck: boolean;
  readonly instance?: string;
  /** The service that owns it (`lambda`), for the flow record. */
  readonly service?: string;
}

export interface Vpc {
  readonly id: string;
  /** IPv4 and IPv6 blocks alike. */
  readonly blocks: readonly string[];
  readonly internetGateway?: string;
}

export interface Subnet {
  readonly id: string;
  readonly vpc: string;
  readonly blocks: readonly string[];
  readonly zone: string;
  /** Those of the associated table, else of the main one; the local ones included. */
  readonly routes: readonly Route[];
  /** Those of the associated ACL, else of the default one. */
  readonly acl: readonly AclEntry[];
}

export interface Route {
  /** A block of either family, or the id of a prefix list. */
  readonly destination: string;
  /** `local`, or the id of a gateway, interface, peering or other thing; a missing one is a black hole. */
  readonly target: string;
  readonly blackhole?: boolean;
}

export interface SecurityGroup {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

/** One permission with one counterpart. Exactly one of `block`, `group` and `prefixList` is set. */
export interface GroupRule {
  /** 6, 17, 1, 58, another protocol's number, or -1 for all. */
  readonly protocol: number;
  /** First and last port, or ICMP's type and code, where -1 is any. */
  readonly from: number;
  readonly to: number;
  readonly block?: string;
  readonly group?: string;
  readonly prefixList?: string;
}
