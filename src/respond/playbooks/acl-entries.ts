import type { NetworkAclEntry } from '@aws-sdk/client-ec2';

/** As the console's table has it: number, protocol and ports, other side, verdict. */
export function entryText({ RuleNumber, Protocol, PortRange: ports, RuleAction, ...side }: NetworkAclEntry): string {
  const protocol = Protocol === '-1' ? 'all' : `protocol ${Protocol}`;
  const of = ports === undefined ? '' : ` ports ${ports.From}-${ports.To}`;
  return `entry ${RuleNumber}: ${RuleAction} ${protocol}${of} ${side.CidrBlock ?? side.Ipv6CidrBlock}`;
}

/** Whether it is still what a run made: a whole deny of this one address. */
export function isOwn(entry: NetworkAclEntry, cidr: string): boolean {
  const block = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  return block === cidr && entry.RuleAction === 'deny' && entry.Protocol === '-1';
}

/** The highest, so that entries of others keep their room below. */
export function freeNumberBelow(limit: number, entries: readonly NetworkAclEntry[]): number | undefined {
  const taken = new Set(entries.map(({ RuleNumber }) => RuleNumber));
  for (let number = limit - 1; number >= 1; number--) if (!taken.has(number)) return number;
  return undefined;
}

export function hostCidr(address: string): string {
  return address.includes(':') ? `${address}/128` : `${address}/32`;
}
