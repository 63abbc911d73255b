import { cidrHolds, isIpv6 } from './cidr.ts';

/**
 * One entry of a network ACL, with EC2's own member names, so that what DescribeNetworkAcls answers and what
 * the range stores can both be evaluated as they are.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html
 */
export interface AclEntry {
  readonly RuleNumber?: number | undefined;
  readonly RuleAction?: 'allow' | 'deny' | undefined;
  readonly Egress?: boolean | undefined;
  /** The protocol's number as text, `-1` for all. */
  readonly Protocol?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly PortRange?: { readonly From?: number | undefined; readonly To?: number | undefined } | undefined;
  readonly IcmpTypeCode?: { readonly Type?: number | undefined; readonly Code?: number | undefined } | undefined;
}

/** A packet as an ACL sees it: there are no connections here, an answer is a packet like any other. */
export interface AclPacket {
  readonly egress: boolean;
  /** 6 is TCP, 17 UDP, 1 ICMP, 58 ICMP for IPv6. */
  readonly protocol: number;
  /** The other side: the source of what enters, the destination of what leaves. */
  readonly remote: string;
  /** The destination port; an ACL never looks at source ports. */
  readonly port?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

export interface AclVerdict {
  readonly action: 'allow' | 'deny';
  readonly ruleNumber: number;
}

/** The number that EC2 gives to the entry `*`, which denies what no other entry admits and cannot be removed. */
export const lastRuleNumber = 32767;

/**
 * The entry with the lowest number that matches decides.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function evaluateNacl(entries: readonly AclEntry[], packet: AclPacket): AclVerdict {
  // Each packet pays for this, so the lowest match is sought without sorting.
  let decider: AclEntry | undefined;
  let lowest = lastRuleNumber;
  for (const entry of entries) {
    const number = entry.RuleNumber ?? lastRuleNumber;
    if (number >= lowest || !entryMatches(entry, packet)) continue;
    decider = entry;
    lowest = number;
  }
  if (decider === undefined) return { action: 'deny', ruleNumber: lastRuleNumber };
  return { action: decider.RuleAction === 'allow' ? 'allow' : 'deny', ruleNumber: lowest };
}

function entryMatches(entry: AclEntry, packet: AclPacket): boolean {
  if ((entry.Egress ?? false) !== packet.egress) return false;
  const protocol = protocolNumber(entry.Protocol ?? '-1');
  if (protocol !== -1 && protocol !== packet.protocol) return false;
  const block = isIpv6(packet.remote) ? entry.Ipv6CidrBlock : entry.CidrBlock;
  if (block === undefined || !cidrHolds(block, packet.remote)) return false;
  if (protocol === 6 || protocol === 17) return portMatches(entry, packet.port ?? 0);
  if (protocol === 1 || protocol === 58) return icmpMatches(entry, packet.icmp);
  // An entry for all traffic admits every port, whatever range it names.
  return true;
}

/** -1 is all protocols, NaN a name that nothing matches. */
function protocolNumber(text: string): number {
  // The spelling that EC2 answers, first: every entry of every packet's ACL comes by here.
  if (text === '-1') return -1;
  if (text === '6') return 6;
  return names.get(text.toLowerCase()) ?? Number(text);
}

const names = new Map([
  ['all', -1],
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['icmpv6', 58],
]);

function portMatches({ PortRange: range }: AclEntry, port: number): boolean {
  return range === undefined || (port >= (range.From ?? 0) && port <= (range.To ?? 65535));
}

function icmpMatches({ IcmpTypeCode: wanted }: AclEntry, seen: AclPacket['icmp']): boolean {
  const type = wanted?.Type ?? -1;
  const code = wanted?.Code ?? -1;
  return (type === -1 || type === seen?.type) && (code === -1 || code === seen?.code);
}
