import type { Memory } from './decide.ts';
import { trackingLimits } from './limits.ts';
import type { FlowSighting, Packet } from './packet.ts';

/** What the security groups of all interfaces remember. Its own mutable table: it is asked and told for every packet. */
export interface Tracking extends Memory {
  learn(sighting: FlowSighting, packet: Packet): void;
  /** An interface is gone. */
  forget(interfaceId: string): void;
  readonly size: number;
}

interface Connection {
  seenAt: number;
  answered: boolean;
  readonly idleMs: (answered: boolean) => number;
  readonly opener: string;
}

export function createTracking(now: () => number): Tracking {
  // In order of last use, so that the oldest goes first when the table is full.
  const connections = new Map<string, Connection>();
  return {
    get size() {
      return connections.size;
    },
    remembers(at, packet, src, dst) {
      const key = keyOf(at.id, packet, src, dst);
      const known = connections.get(key);
      if (known === undefined) return false;
      if (now() - known.seenAt <= known.idleMs(known.answered)) return true;
      connections.delete(key);
      return false;
    },
    learn({ at, track, action, src, dst }, packet) {
      if (!track || action !== 'ACCEPT') return;
      const key = keyOf(at.id, packet, src, dst);
      const known = connections.get(key);
      connections.delete(key);
      const answered = known !== undefined && (known.answered || known.opener !== src);
      const opener = known?.opener ?? src;
      if ((packet.flags ?? 0) & 4) return;
      connections.set(key, { seenAt: now(), answered, opener, idleMs: idleOf(packet) });
      if (connections.size > trackingLimits.connections) connections.delete(connections.keys().next().value ?? '');
    },
    forget(interfaceId) {
      for (const key of connections.keys()) if (key.startsWith(`${interfaceId} `)) connections.delete(key);
    },
  };
}

/** The same key for both directions of a flow. An echo and its reply share their id. */
function keyOf(at: string, packet: Packet, src: string, dst: string): string {
  const here = `${src} ${packet.sport}`;
  const there = `${dst} ${packet.dport}`;
  const ends = here < there ? `${here} ${there}` : `${there} ${here}`;
  return `${at} ${packet.protocol} ${ends}${packet.icmp === undefined ? '' : ` ${packet.icmp.id}`}`;
}

function idleOf(packet: Packet): Connection['idleMs'] {
  if (packet.protocol === 6) return () => trackingLimits.tcpIdleMs;
  if (packet.protocol === 17)
    return (answered) => (answered ? trackingLimits.udpStreamIdleMs : trackingLimits.udpIdleMs);
  return () => trackingLimits.otherIdleMs;
}
