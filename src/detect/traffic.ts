import { isPublic, isPublicIpv4 } from '../aws/address.ts';
import type { Activity, Flow } from '../model/activity.ts';
import { type FlowRows, flowAt, flowFacts, flowMarks, flowStride, smallAt, smallStride } from '../model/flow-rows.ts';

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
export function trafficAt(flows: FlowRows, row: number, at: (row: number) => Activity): number {
  const marks = flows.small[row * smallStride + smallAt.marks]!;
  return byFacts[(marks & flowMarks.unclear) === 0 ? marks & flowFacts : factsOf(flows, row, marks, at)]!;
}

/** What an address is that is no number, or of a network of which a part is public, its text or its number tells. */
function factsOf({ numbers }: FlowRows, row: number, marks: number, at: (row: number) => Activity): number {
  const isPublicAt = (place: number, path: 'srcaddr' | 'dstaddr') => {
    const bits = numbers[row * flowStride + place]!;
    return bits >= 0 ? isPublicIpv4(bits) : bits < -1 && isPublic(at(row).text(path) ?? '');
  };
  const from = isPublicAt(flowAt.srcaddr, 'srcaddr') ? flowMarks.fromPublic : 0;
  const to = isPublicAt(flowAt.dstaddr, 'dstaddr') ? flowMarks.toPublic : 0;
  return (marks & flowFacts & ~(flowMarks.fromPublic | flowMarks.toPublic)) | from | to;
}

/** By all the marks that tell what kind of flow it is: looked up, for nobody can foresee how one differs from the last. */
const byFacts = Uint8Array.from({ length: flowFacts + 1 }, (_, facts) => {
  const is = (mark: keyof typeof flowMarks) => (facts & flowMarks[mark]) !== 0;
  const isDirected = is('ingress') || is('egress');
  const isOut = isDirected ? is('egress') : !is('fromPublic') && is('toPublic');
  let traffic = 0;
  if (is(isOut ? 'toPublic' : 'fromPublic')) traffic |= traffics.peer;
  if (is('login')) traffic |= traffics.guess;
  const mayOpen = is('toLower') && (isOut || (!isDirected && !is('fromPublic') && !is('toPublic')));
  if (is('tcp') && mayOpen && is('few')) traffic |= traffics.attempt;
  if (is('accepted') && is('toPublic')) {
    if (isOut && is('toLower')) traffic |= traffics.outward | traffics.port;
    if (!is('fromPublic') && is('small')) traffic |= traffics.small;
  }
  return traffic;
});

/** Resolvers that everybody may ask, and that speak DNS over HTTPS. */
export const publicResolvers: ReadonlySet<string> = new Set(
  `1.1.1.1 1.0.0.1 8.8.8.8 8.8.4.4 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 94.140.14.14 94.140.15.15
  185.228.168.9 76.76.2.0`.split(/\s+/),
);
