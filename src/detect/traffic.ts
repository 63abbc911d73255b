import { isPublic, isPublicIpv4 } from '../aws/address.ts';
import type { Activity, Flow } from '../model/activity.ts';
import { thresholds } from './thresholds.ts';

/**
 * What a flow is, told from its numbers alone. Detectors of flows listen to one of these, so that most flows reach none.
 * The interface's side is told as in `flows.ts`, in a world of which nothing is known.
 */
export const traffics = {
  /** The other side is on the internet. */
  peer: 1,
  /** Accepted, opened by the interface, to the internet. */
  outward: 2,
  /** Few bytes of TCP to a port where people log in. */
  guess: 4,
  /** So few packets of TCP that nothing came of what the interface opened, or perhaps its neighbour did. */
  attempt: 8,
  /** Accepted small packets from inside to the internet: large ones carry somebody's data. */
  small: 16,
} as const;
export type Traffic = keyof typeof traffics;

/** All that a flow is, as the sum of `traffics`. */
export function trafficOf(activity: Activity, flow: Flow): number {
  const { protocol, srcport, dstport, packets, bytes, accepted } = flow;
  const isFromPublic = isPublicSide(flow.srcaddr, activity, 'srcaddr');
  const isToPublic = isPublicSide(flow.dstaddr, activity, 'dstaddr');
  const isOut = flow.direction === undefined ? !isFromPublic && isToPublic : flow.direction === 'egress';
  const opens = isOut && srcport > dstport;
  const mayOpen = opens || (flow.direction === undefined && !isFromPublic && !isToPublic && srcport > dstport);
  let traffic = 0;
  if (isOut ? isToPublic : isFromPublic) traffic |= traffics.peer;
  if (protocol === tcp) {
    if (bytes <= thresholds.guesses.bytesMax && isLoginPort(dstport)) traffic |= traffics.guess;
    if (mayOpen && packets <= attemptPackets) traffic |= traffics.attempt;
  }
  if (accepted && isToPublic) {
    if (opens) traffic |= traffics.outward;
    if (!isFromPublic && bytes <= packets * smallBytes) traffic |= traffics.small;
  }
  return traffic;
}

/** Remote shells, by what people call them. */
export const loginPorts = { SSH: [22], RDP: [3_389], WinRM: [5_985, 5_986] } as const;

/** Resolvers that everybody may ask, and that speak DNS over HTTPS. */
export const publicResolvers: ReadonlySet<string> = new Set(
  `1.1.1.1 1.0.0.1 8.8.8.8 8.8.4.4 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 94.140.14.14 94.140.15.15
  185.228.168.9 76.76.2.0`.split(/\s+/),
);

const tcp = 6;
const attemptPackets = 3;
const smallBytes = 600;

function isLoginPort(port: number): boolean {
  return port === 22 || port === 3_389 || port === 5_985 || port === 5_986;
}

/** Other addresses than those of IPv4 have no number: their text tells. */
function isPublicSide(bits: number, activity: Activity, path: 'srcaddr' | 'dstaddr'): boolean {
  return bits >= 0 ? isPublicIpv4(bits) : bits < -1 && isPublic(activity.text(path) ?? '');
}
