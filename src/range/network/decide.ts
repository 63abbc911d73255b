import { cidrHolds, isIpv6 } from '../../aws/network/cidr.ts';
import { type AclPacket, evaluateNacl } from '../../aws/network/nacl.ts';
import { admit, type Direction } from './groups.ts';
import { isPrivateAddress, linkService } from './outside.ts';
import type { Decision, FlowSighting, Packet } from './packet.ts';
import { routeTo } from './routes.ts';
import type { NetworkInterface, Route, Subnet, World } from './world.ts';

/** What the security groups remember: whether this packet belongs to a flow they admitted before. */
export interface Memory {
  remembers(at: NetworkInterface, packet: Packet, src: string, dst: string): boolean;
}

/**
 * The fate of one packet, and what each interface on its way has seen of it. Pure: who remembers and who writes
 * flow records is for the caller (`network.ts`).
 */
export function decide(world: World, memory: Memory, packet: Packet): Decision {
  if (packet.from === undefined) return fromInternet(world, memory, packet, packet.src, []);
  const from = world.interface(packet.from);
  const subnet = from && world.subnet(from.subnet);
  if (from === undefined || subnet === undefined) return lost(packet, `${packet.from} does not exist`);
  const service = linkService(world.vpc(from.vpc), packet.dst);
  if (service !== undefined) return { ...ends(packet, [], `the link's ${service}`), fate: service };
  if (from.sourceDestCheck && packet.src !== from.address && !from.ipv6?.includes(packet.src))
    return { ...ends(packet, [], `${from.id} checks source addresses`), fate: 'dropped' };
  return leave(world, memory, packet, from, subnet);
}

function leave(world: World, memory: Memory, packet: Packet, from: NetworkInterface, subnet: Subnet): Decision {
  const inside = subnet.blocks.some((block) => cidrHolds(block, packet.dst));
  const out = pass(world, memory, packet, from, inside ? undefined : subnet, 'egress', packet.src, packet.dst);
  if (out.sighting.action === 'REJECT') return { ...ends(packet, [out.sighting], out.reason), fate: 'dropped' };
  const route = routeTo(world, subnet.routes, packet.dst);
  if (route === undefined) return lost(packet, `no route to ${packet.dst}`, [out.sighting]);
  if (route.blackhole === true) return lost(packet, `the route to ${route.target} is a black hole`, [out.sighting]);
  if (route.target === 'local') {
    const to = world.privateAddress(from.vpc, packet.dst);
    if (to === undefined) return lost(packet, `nobody has ${packet.dst}`, [out.sighting]);
    return arrive(world, memory, packet, to, packet.src, [out.sighting], subnet.id);
  }
  return throughGateway(world, memory, packet, from, route, out.sighting);
}

/** The internet gateway translates one to one, both ways; what is sent to another public address of the range comes back in. */
function throughGateway(
  world: World,
  memory: Memory,
  packet: Packet,
  from: NetworkInterface,
  { target }: Route,
  seen: FlowSighting,
): Decision {
  const gateway = world.vpc(from.vpc)?.internetGateway;
  if (!target.startsWith('igw-') && !target.startsWith('eigw-'))
    return lost(packet, `routes to ${target.split('-')[0]} (${target}) are not built in this range`, [seen]);
  if (target.startsWith('igw-') && gateway !== target)
    return lost(packet, `${target} is not attached to ${from.vpc}`, [seen]);
  const sightings = [{ ...seen, path: 8 }];
  const src = isIpv6(packet.dst) ? packet.src : from.publicAddress;
  if (src === undefined) return lost(packet, `${from.id} has no public address for ${target}`, sightings);
  if (world.publicAddress(packet.dst) !== undefined) return fromInternet(world, memory, packet, src, sightings);
  if (isPrivateAddress(packet.dst)) return lost(packet, `${packet.dst} is no address of the internet`, sightings);
  return { ...ends(packet, sightings, `left by ${target}`), fate: 'outside', src };
}

function fromInternet(
  world: World,
  memory: Memory,
  packet: Packet,
  src: string,
  sightings: readonly FlowSighting[],
): Decision {
  const to = world.publicAddress(packet.dst);
  if (to === undefined) return lost(packet, `nobody has ${packet.dst}`, sightings);
  if (world.vpc(to.vpc)?.internetGateway === undefined)
    return lost(packet, `${to.vpc} has no internet gateway`, sightings);
  return arrive(world, memory, packet, to, src, sightings, undefined);
}

function arrive(
  world: World,
  memory: Memory,
  packet: Packet,
  to: NetworkInterface,
  src: string,
  before: readonly FlowSighting[],
  fromSubnet: string | undefined,
): Decision {
  const dst = isIpv6(packet.dst) ? packet.dst : to.address;
  // An ACL stands at the edge of a subnet: what stays inside never meets it.
  const edge = fromSubnet === to.subnet ? undefined : world.subnet(to.subnet);
  const { sighting, reason } = pass(world, memory, packet, to, edge, 'ingress', src, dst);
  const fate = sighting.action === 'ACCEPT' ? 'delivered' : 'dropped';
  return { fate, reason, src, dst, to, sightings: [...before, sighting] };
}

/** The two filters at one interface: inward the ACL comes first, outward the groups do. */
function pass(
  world: World,
  memory: Memory,
  packet: Packet,
  at: NetworkInterface,
  edge: Subnet | undefined,
  direction: Direction,
  src: string,
  dst: string,
): { readonly sighting: FlowSighting; readonly reason: string } {
  const remote = direction === 'ingress' ? src : dst;
  const known = memory.remembers(at, packet, src, dst);
  const admission = known ? undefined : admit(world, at, direction, packet, remote);
  const acl = edge && evaluateNacl(edge.acl, aclPacket(packet, direction, remote));
  const view = { at, direction, src, dst };
  const aclRefuses = acl?.action === 'deny' && `the ACL of ${at.subnet} denies by rule ${acl.ruleNumber}`;
  const groupsRefuse = !known && admission === undefined && `no ${direction} rule of ${at.groups.join(', ')} admits it`;
  const refusal = direction === 'ingress' ? aclRefuses || groupsRefuse : groupsRefuse || aclRefuses;
  if (refusal) return { sighting: { ...view, action: 'REJECT', track: false }, reason: refusal };
  const track = known || admission?.track === true;
  return {
    sighting: { ...view, action: 'ACCEPT', track },
    reason: known ? 'belongs to a tracked connection' : `admitted by ${admission?.group}`,
  };
}

function aclPacket(packet: Packet, direction: Direction, remote: string): AclPacket {
  const base = { egress: direction === 'egress', protocol: packet.protocol, remote, port: packet.dport };
  return packet.icmp === undefined ? base : { ...base, icmp: packet.icmp };
}

function ends(packet: Packet, sightings: readonly FlowSighting[], reason: string): Omit<Decision, 'fate'> {
  return { reason, src: packet.src, dst: packet.dst, sightings };
}

function lost(packet: Packet, reason: string, sightings: readonly FlowSighting[] = []): Decision {
  return { ...ends(packet, sightings, reason), fate: 'unreachable' };
}
