import { isPublicIpv4 } from '../aws/address.ts';
import { type FlowRows, flowAt, flowMarks, flowStride, smallAt } from '../model/flow-rows.ts';
import type { Picked } from '../model/picked.ts';
import { limits } from './limits.ts';

/**
 * Which private address is an interface's own, where no field of its records says which way they went: a record shows
 * the interface's primary address as one of its two, so it is the one that all of them have in common. Known from the
 * second after the one in which that became so, because records of one second come in any order.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export class OwnAddresses {
  /** By the flow's owner, the one that came first at the front. */
  readonly #known = new Map<number, Candidates>();
  /** Owners with one address left, and that address: most flows have it, and then there is nothing to learn. */
  #settled = new Float64Array(0);

  learn({ numbers, small, times }: FlowRows, { rows, count }: Picked): void {
    // Most who see activities never see a flow.
    if (this.#settled.length === 0) this.#settled = new Float64Array(2 * settledPlaces).fill(Number.NaN);
    const settled = this.#settled;
    for (let index = 0; index < count; index++) {
      const row = rows[index]!;
      const first = row * flowStride;
      if ((small[2 * first + smallAt.marks]! & directed) !== 0) continue;
      const source = numbers[first + flowAt.srcaddr]!;
      const destination = numbers[first + flowAt.dstaddr]!;
      const owner = numbers[first + flowAt.owner]!;
      const at = placeOf(owner);
      const one = settled[at + 1]!;
      // One product instead of two comparisons: nobody can foresee which of the two sides it is.
      if (settled[at] === owner && (one - source) * (one - destination) === 0) continue;
      this.#see(owner, privateOf(source), privateOf(destination), times[row]!);
    }
  }

  #see(owner: number, source: number, destination: number, time: number): void {
    if (source < 0 && destination < 0) return;
    const known = this.#known.get(owner);
    if (known === undefined) this.#begin(owner, source, destination, time);
    else if (known.until === Number.POSITIVE_INFINITY) narrow(known, source, destination, time);
    if (known === undefined || known.other >= 0) return;
    const at = placeOf(owner);
    this.#settled[at] = owner;
    this.#settled[at + 1] = known.one;
  }

  /** The 32 bits of the address that is known at this time; -1 where none is. */
  of(owner: number, time: number): number {
    const known = this.#known.get(owner);
    return known !== undefined && known.since < time && time <= known.until ? known.one : -1;
  }

  #begin(owner: number, source: number, destination: number, time: number): void {
    const isSettled = source < 0 || destination < 0 || source === destination;
    const [one, other] = source < 0 ? [destination, source] : [source, destination];
    const since = isSettled ? time : Number.POSITIVE_INFINITY;
    this.#known.set(owner, { one, other: isSettled ? -1 : other, since, until: Number.POSITIVE_INFINITY });
    if (this.#known.size > limits.interfaces) this.#forget(this.#known.keys().next().value!);
  }

  #forget(owner: number): void {
    this.#known.delete(owner);
    const at = placeOf(owner);
    if (this.#settled[at] === owner) this.#settled[at] = Number.NaN;
  }
}

/** Addresses that all records of an interface had so far; `other` is -1 once one is left. */
interface Candidates {
  one: number;
  other: number;
  since: number;
  /** When none was left. */
  until: number;
}

function narrow(known: Candidates, source: number, destination: number, time: number): void {
  const hasOne = known.one === source || known.one === destination;
  if (known.other < 0) {
    if (!hasOne) known.until = time;
    return;
  }
  const hasOther = known.other === source || known.other === destination;
  if (hasOne && hasOther) return;
  if (!hasOne && !hasOther) known.until = time;
  if (hasOther) known.one = known.other;
  known.other = -1;
  known.since = time;
}

/** -1 for what is public, or no address of IPv4. */
function privateOf(bits: number): number {
  return bits >= 0 && !isPublicIpv4(bits) ? bits : -1;
}

function placeOf(owner: number): number {
  return (owner & (settledPlaces - 1)) * 2;
}

const directed = flowMarks.ingress | flowMarks.egress;
/** Many more than most logs have interfaces: two that share a place are looked up each time. */
const settledPlaces = 65_536;
