import { cidrHolds } from '../../aws/network/cidr.ts';
import type { Packet } from './packet.ts';
import type { GroupRule, NetworkInterface, World } from './world.ts';

export type Direction = 'ingress' | 'egress';

/** Why security groups admit a packet, and whether they will remember it. */
export interface Admission {
  readonly group: string;
  readonly track: boolean;
}

/** What the groups of an interface say of a packet that belongs to no tracked flow. Groups only allow: none is a denial. */
export function admit(
  world: World,
  at: NetworkInterface,
  direction: Direction,
  packet: Packet,
  remote: string,
): Admission | undefined {
  let tracked: Admission | undefined;
  for (const id of at.groups) {
    const group = world.group(id);
    if (group === undefined) continue;
    for (const rule of group[direction]) {
      if (!ruleMatches(world, rule, at.vpc, packet, remote)) continue;
      if (!untracked(world, at, direction, packet, rule)) tracked ??= { group: id, track: true };
      else return { group: id, track: false };
    }
  }
  return tracked;
}

function ruleMatches(world: World, rule: GroupRule, vpc: string, packet: Packet, remote: string): boolean {
  if (rule.protocol !== -1 && rule.protocol !== packet.protocol) return false;
  if (!portsMatch(rule, packet)) return false;
  if (rule.block !== undefined) return cidrHolds(rule.block, remote);
  if (rule.prefixList !== undefined) return world.prefixList(rule.prefixList).some((block) => cidrHolds(block, remote));
  // A rule that names a group means the private addresses of its interfaces, never the public ones.
  // https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
  if (rule.group === undefined) return false;
  return world.privateAddress(vpc, remote)?.groups.includes(rule.group) ?? false;
}

function portsMatch(rule: GroupRule, packet: Packet): boolean {
  if (rule.protocol === 6 || rule.protocol === 17) return packet.dport >= rule.from && packet.dport <= rule.to;
  if (rule.protocol !== 1 && rule.protocol !== 58) return true;
  return (rule.from === -1 || rule.from === packet.icmp?.type) && (rule.to === -1 || rule.to === packet.icmp?.code);
}

/**
 * TCP and UDP that are open to everybody, with everything open to everybody in the other direction, are not tracked;
 * ICMP always is. The answer of such a flow is not tracked either: it leaves by the wide rule, to the open port's caller.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
function untracked(world: World, at: NetworkInterface, direction: Direction, packet: Packet, rule: GroupRule): boolean {
  if ((packet.protocol !== 6 && packet.protocol !== 17) || !everybody(rule)) return false;
  const back = direction === 'ingress' ? 'egress' : 'ingress';
  const answers = allPorts(rule, packet.protocol);
  return at.groups.some((id) =>
    world
      .group(id)
      ?.[back].some(
        (other) =>
          other.block === rule.block &&
          (allPorts(other, packet.protocol) || (answers && covers(other, packet.protocol, packet.sport))),
      ),
  );
}

function everybody({ block }: GroupRule): boolean {
  return block === '0.0.0.0/0' || block === '::/0';
}

function allPorts(rule: GroupRule, protocol: number): boolean {
  return rule.protocol === -1 || (rule.protocol === protocol && rule.from === 0 && rule.to === 65535);
}

function covers(rule: GroupRule, protocol: number, port: number): boolean {
  return rule.protocol === protocol && port >= rule.from && port <= rule.to;
}
