import type { NetworkInterface } from './world.ts';

/** One packet (or several of one flow at one moment) as its sender puts it on the wire. */
export interface Packet {
  /** The interface that sends it; absent for the internet. */
  readonly from?: string;
  readonly src: string;
  readonly dst: string;
  /** 6, 17, 1 or 58. */
  readonly protocol: number;
  /** 0 for ICMP. */
  readonly sport: number;
  readonly dport: number;
  readonly icmp?: { readonly type: number; readonly code: number; readonly id: number };
  /** Flags of TCP, or-ed: 1 FIN, 2 SYN, 4 RST, 18 SYN-ACK. Acknowledgements alone are not recorded. */
  readonly flags?: number;
  readonly packets?: number;
  readonly bytes?: number;
}

/** Where a packet ended. Only `delivered`, `outside` and the two services of the link are arrivals. */
export type Fate = 'delivered' | 'outside' | 'metadata' | 'resolver' | 'dropped' | 'unreachable';

export interface Decision {
  readonly fate: Fate;
  /** Who decided, in words for `yagura why`: a group, an ACL's rule, a route. */
  readonly reason: string;
  /** As the receiver sees them, after translation. */
  readonly src: string;
  readonly dst: string;
  readonly to?: NetworkInterface;
  /** What each interface on the way has seen; what flow records are made of. */
  readonly sightings: readonly FlowSighting[];
}

/** One interface's own view of a packet, always with its private address. */
export interface FlowSighting {
  readonly at: NetworkInterface;
  readonly direction: 'ingress' | 'egress';
  readonly action: 'ACCEPT' | 'REJECT';
  readonly src: string;
  readonly dst: string;
  /** Whether the security groups keep this flow in mind. */
  readonly track: boolean;
  /** `traffic-path` of an egress record, where AWS numbers it. */
  readonly path?: number;
}
