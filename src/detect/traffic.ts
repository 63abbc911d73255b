import { isPublic, isPublicIpv4 } from '../aws/address.ts';
import type { Activity, Flow } from '../model/activity.ts';
import { type FlowRows, flowAt, flowMarks, flowStride, protocolShift, smallAt } from '../model/flow-rows.ts';
import { thresholds } from './thresholds.ts';

/**
 * What a flow is, told from its numbers alone. Detectors of flows listen to one of these, so that most flows reach none.
 * The interface's side is told as in `flows.ts`, in a world of which nothing is known.
 */
export const traffics = {
  /** The other side is on the internet. */
  peer: 1,
  /** Accepted, opened by the interface, to the internet: for who asks how much, or by which address. */
  outward: 2,
  /** Few bytes of TCP to a port where people log in. */
  guess: 4,
  /** So few packets of TCP that nothing came of what the interface opened, or perhaps its neighbour did. */
  attempt: 8,
  /** Accepted small packets from inside to the internet: large ones carry somebody's data. */
  small: 16,
  /** As outward: for who asks by which port alone. */
  port: 32,
} as const;
export type Traffic = keyof typeof traffics;

/** All that a flow is, as the sum of `traffics`. */
export function trafficOf(activity: Activity, { rows, row }: Flow): number {
  return trafficAt(rows, row, () => activity);
}

/** The same of a row; `at` gives its activity, where numbers do not tell. */
export function trafficAt({ numbers, small }: FlowRows, row: number, at: (row: number) => Activity): number {
  const first = row * flowStride;
  const srcaddr = numbers[first + flowAt.srcaddr]!;
  const dstaddr = numbers[first + flowAt.dstaddr]!;
  const isFromPublic = srcaddr >= 0 ? isPublicIpv4(srcaddr) : srcaddr < -1 && isPublic(at(row).text('srcaddr') ?? '');
  const isToPublic = dstaddr >= 0 ? isPublicIpv4(dstaddr) : dstaddr < -1 && isPublic(at(row).text('dstaddr') ?? '');
  const marks = small[2 * first + smallAt.marks]!;
  const isDirected = (marks & (flowMarks.ingress | flowMarks.egress)) !== 0;
  const isOut = isDirected ? (marks & flowMarks.egress) !== 0 : !isFromPublic && isToPublic;
  const dstport = small[2 * first + smallAt.dstport]!;
  const isToLower = small[2 * first + smallAt.srcport]! > dstport;
  const packets = numbers[first + flowAt.packets]!;
  const bytes = numbers[first + flowAt.bytes]!;
  let traffic = 0;
  if (isOut ? isToPublic : isFromPublic) traffic |= traffics.peer;
  if (marks >> protocolShift === tcp) {
    if (bytes <= thresholds.guesses.bytesMax && isLoginPort(dstport)) traffic |= traffics.guess;
    const mayOpen = isToLower && (isOut || (!isDirected && !isFromPublic && !isToPublic));
    if (mayOpen && packets <= attemptPackets) traffic |= traffics.attempt;
  }
  if ((marks & flowMarks.accepted) !== 0 && isToPublic) {
    if (isOut && isToLower) traffic |= traffics.outward | traffics.port;
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
