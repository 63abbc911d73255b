import type { Evidence } from './activity.ts';
import type { Words } from './words.ts';

export const levels = ['low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

/** GuardDuty's scale: Low 1 to 3.9, Medium 4 to 6.9, High 7 to 8.9, Critical 9 to 10. */
export function levelOf(severity: number): Level {
  return severity >= 9 ? 'critical' : severity >= 7 ? 'high' : severity >= 4 ? 'medium' : 'low';
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface AccessKeyDetails {
  readonly accessKeyId: string;
  readonly principalId: string;
  readonly userName: string;
  readonly userType: string;
}

export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly privateIpAddress: string;
  readonly publicIp?: string;
  readonly subnetId?: string;
  readonly vpcId?: string;
  readonly securityGroups?: readonly { readonly groupId: string; readonly groupName: string }[];
}

export interface InstanceDetails {
  readonly instanceId: string;
  readonly instanceType?: string;
  readonly imageId?: string;
  readonly launchTime?: number;
  readonly iamInstanceProfile?: { readonly arn: string; readonly id: string };
  readonly networkInterfaces: readonly NetworkInterface[];
  readonly tags: readonly Tag[];
}

/** The members that GuardDuty's `S3BucketDetail` has; `publicAccess` and encryption as GuardDuty spells them. */
export interface BucketDetails {
  readonly name: string;
  readonly arn: string;
  readonly type?: 'Destination' | 'Source';
  readonly createdAt?: number;
  readonly owner?: { readonly id: string };
  readonly tags?: readonly Tag[];
  readonly defaultServerSideEncryption?: { readonly encryptionType: string; readonly kmsMasterKeyArn?: string };
  readonly publicAccess?: unknown;
}

/** What the finding is about, with GuardDuty's `resourceType` and the details it shows for it. */
export interface Resource {
  readonly type: string;
  readonly accessKey?: AccessKeyDetails;
  readonly instance?: InstanceDetails;
  readonly buckets?: readonly BucketDetails[];
  readonly lambda?: { readonly functionName: string; readonly functionArn: string };
  /** ARN of what has no details of its own. */
  readonly arn?: string;
}

export interface RemoteIp {
  readonly ipAddressV4: string;
  readonly country?: string;
  readonly asn?: string;
  readonly asnOrg?: string;
}

/** What was done, as GuardDuty's `service.action` has it. */
export type Action =
  | {
      readonly actionType: 'AWS_API_CALL';
      readonly api: string;
      readonly serviceName: string;
      readonly callerType: string;
      readonly errorCode?: string;
      readonly remoteIp?: RemoteIp;
      readonly domain?: string;
      readonly affectedResources?: Readonly<Record<string, string>>;
    }
  | {
      readonly actionType: 'NETWORK_CONNECTION';
      readonly direction: 'INBOUND' | 'OUTBOUND' | 'UNKNOWN';
      readonly protocol: string;
      readonly localPort: number;
      readonly localIp: string;
      readonly remotePort: number;
      readonly remoteIp: RemoteIp;
      readonly blocked: boolean;
    }
  | {
      readonly actionType: 'DNS_REQUEST';
      readonly domain: string;
      readonly protocol: string;
      readonly blocked: boolean;
    }
  | {
      readonly actionType: 'PORT_PROBE';
      readonly ports: readonly { readonly localPort: number; readonly remoteIp: RemoteIp }[];
    };

/** What somebody claims to have seen. */
interface Claim {
  readonly account: string;
  readonly region: string;
  /** GuardDuty's type where it has one, else `Custom:<Resource>/<Name>`. */
  readonly type: string;
  /** Of a type that has several: each is a finding of its own. */
  readonly signal?: string;
  readonly title: Words;
  readonly description: Words;
  readonly severity: number;
  /** MITRE ATT&CK technique id. */
  readonly technique: string;
  readonly resource: Resource;
  readonly action?: Action;
  readonly role?: 'TARGET' | 'ACTOR';
  /** The other side (address, key, domain), '' where the type names none. Part of the identity. */
  readonly counterpart: string;
  readonly evidence: readonly Evidence[];
  /** Of the threat list that matched, of a baseline that was missing. */
  readonly additional?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A claim with a life. The only inside type; `aws/findings/` converts to and from what leaves the house. */
export interface Finding extends Claim {
  /** 32 hex digits: hash(account, region, type, signal, resource, role, counterpart, episode). The same facts give the same id. */
  readonly id: string;
  readonly episode: number;
  readonly count: number;
  /** Event times, epoch milliseconds. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When the hub made and last changed it. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archived: boolean;
  /** The story (an `AttackSequence:*` finding) that this one went into. */
  readonly story?: FindingRef;
}

/** Where a finding lives: stories reach over regions and accounts. */
export interface FindingRef {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

/** A detector speaking once. The hub makes and updates findings of it. */
export interface Sighting extends Claim {
  readonly detector: string;
  /** Of the activity, epoch milliseconds. */
  readonly time: number;
}
