import type { Clock } from '../clock.ts';
import type { Feed } from '../feed.ts';
import { decide } from './decide.ts';
import { createLedger, type FlowLogs, type Ledger } from './ledger.ts';
import type { Decision, Packet } from './packet.ts';
import { createTracking, type Tracking } from './tracking.ts';
import type { World } from './world.ts';

/** A request and its answer, as two packets of one flow with their sizes. */
export interface Flow {
  readonly from?: string;
  readonly src: string;
  readonly dst: string;
  readonly protocol: number;
  readonly sport: number;
  readonly dport: number;
  readonly icmp?: NonNullable<Packet['icmp']>;
  readonly flags?: number;
  readonly packets?: number;
  readonly bytes?: number;
  readonly answer?: { readonly packets?: number; readonly bytes?: number; readonly flags?: number };
}

export interface Exchange {
  readonly there: Decision;
  /** Absent where nobody got the request, or where the answerer is outside or on the link and nothing is decided. */
  readonly back?: Decision;
  /** Whether the sender gets an answer: both ways are open. */
  readonly open: boolean;
}

/** The one truth about packets: decided, remembered, recorded. */
export interface Network {
  send(packet: Packet): Decision;
  exchange(flow: Flow): Exchange;
  readonly tracking: Tracking;
  readonly ledger: Ledger;
  readonly world: World;
}

export function createNetwork(clock: Clock, world: World, feed: Feed, logs: FlowLogs): Network {
  const tracking = createTracking(() => clock.now());
  const ledger = createLedger(clock, world, feed, logs);
  const send = (packet: Packet): Decision => {
    const decision = decide(world, tracking, packet);
    for (const sighting of decision.sightings) {
      tracking.learn(sighting, packet);
      ledger.write(packet, sighting);
    }
    return decision;
  };
  return { send, exchange: (flow) => exchange(send, flow), tracking, ledger, world };
}

function exchange(send: (packet: Packet) => Decision, { answer = {}, ...flow }: Flow): Exchange {
  const there = send(flow);
  if (there.fate === 'metadata' || there.fate === 'resolver') return { there, open: true };
  if (there.fate !== 'delivered' && there.fate !== 'outside') return { there, open: false };
  const back = send({
    // What left to the outside is answered from there; the answer passes the gateway like any other packet.
    ...(there.to === undefined ? {} : { from: there.to.id }),
    src: there.dst,
    dst: there.src,
    protocol: flow.protocol,
    sport: flow.dport,
    dport: flow.sport,
    // An echo request is answered by an echo reply; what answers other messages is no matter of this layer.
    ...(flow.icmp === undefined ? {} : { icmp: { ...flow.icmp, type: flow.icmp.type === 128 ? 129 : 0 } }),
    ...answer,
  });
  const arrived = flow.from === undefined ? back.fate === 'outside' : back.fate === 'delivered';
  return { there, back, open: arrived };
}
