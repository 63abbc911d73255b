import { ipv4Bits } from '../aws/network/cidr.ts';
import type { Activity } from '../model/activity.ts';
import { type FlowRows, flowAt, flowStride, smallAt, smallStride } from '../model/flow-rows.ts';
import type { Picked } from '../model/picked.ts';
import { limits } from './limits.ts';
import { spanOf } from './memory.ts';
import { PairSums } from './pair-sums.ts';
import { thresholds } from './thresholds.ts';
import { publicResolvers, trafficAt, traffics } from './traffic.ts';
import type { World } from './world.ts';

/**
 * Keeps from the detectors the flows that cannot change what they say: addresses on no list, what an interface did
 * before in the same hours, few packets. A flow costs a few comparisons; one of fifty goes on.
 */
export class Triage {
  readonly #world: World;
  /** What interfaces did in these hours: opened anything to the internet, and opened these ports. */
  readonly #opened = new Lately(limits.opened);
  readonly #ports = new Lately(limits.opened);
  readonly #sums = new PairSums(thresholds.flood.windowMs);
  /** Where one address tried to log in at another. */
  readonly #tried = new Lately(limits.tried);

  constructor(world: World) {
    this.#world = world;
  }

  /** Leaves of these rows those of which a detector must know; their marks are the sums of `traffics`. */
  leave(flows: FlowRows, picked: Picked, at: (row: number) => Activity): void {
    const { rows, marks } = picked;
    this.#mark(flows, picked, at);
    let kept = 0;
    for (let index = 0; index < picked.count; index++) {
      const row = rows[index]!;
      const traffic = this.#untold(flows, row, marks[index]!);
      if (traffic === 0) continue;
      rows[kept] = row;
      marks[kept++] = traffic;
    }
    picked.count = kept;
  }

  /** Pairs of which the sum was lost for want of room. */
  get evicted(): number {
    return this.#sums.evicted;
  }

  #mark(flows: FlowRows, picked: Picked, at: (row: number) => Activity): void {
    const { rows, marks } = picked;
    let kept = 0;
    for (let index = 0; index < picked.count; index++) {
      const row = rows[index]!;
      const traffic = trafficAt(flows, row, at);
      if (traffic === 0) continue;
      rows[kept] = row;
      marks[kept++] = traffic;
      if ((traffic & traffics.small) !== 0) this.#sums.comeNear(flows, row);
    }
    picked.count = kept;
  }

  /** Without what no detector need be told. */
  #untold(flows: FlowRows, row: number, marked: number): number {
    let traffic = marked;
    if ((traffic & traffics.peer) !== 0 && this.#isUnlisted(flows, row)) traffic &= ~traffics.peer;
    if ((traffic & traffics.port) !== 0 && isOfThisSpan(this.#ports, flows, row, portOf(flows, row)))
      traffic &= ~traffics.port;
    if (
      (traffic & traffics.outward) !== 0 &&
      mayBeDone(flows, row) &&
      isOfThisSpan(this.#opened, flows, row, anyPort)
    ) {
      traffic &= ~traffics.outward;
    }
    // Most that try to log in try once and never again: nobody keeps a state of each.
    if ((traffic & traffics.guess) !== 0 && !isAgain(this.#tried, flows, row)) traffic &= ~traffics.guess;
    // Floods are added up from the first packets on that are more than a twentieth of one.
    const isSummed = (traffic & traffics.small) !== 0 && flows.numbers[row * flowStride + flowAt.dstaddr]! >= 0;
    if (isSummed && this.#sums.staysBelow(thresholds.flood.packets / 20, flows, row)) traffic &= ~traffics.small;
    return traffic;
  }

  #isUnlisted({ numbers }: FlowRows, row: number): boolean {
    const { lists } = this.#world;
    const srcaddr = numbers[row * flowStride + flowAt.srcaddr]!;
    const dstaddr = numbers[row * flowStride + flowAt.dstaddr]!;
    if (lists.holds === undefined || srcaddr < 0 || dstaddr < 0) return false;
    // Whole numbers of 32 bits with a sign: others are objects when they are handed over.
    return !lists.holds(srcaddr | 0) && !lists.holds(dstaddr | 0);
  }
}

/** In place of a port. */
const anyPort = -1;

function portOf({ small }: FlowRows, row: number): number {
  return small[row * smallStride + smallAt.dstport]!;
}

/**
 * Whether nothing is new about it where the interface opened anything to the internet before in this span of time: then
 * the memory need not be touched. Which address it was matters only where mail is sent or names are asked, and how much
 * only if it is much.
 */
function mayBeDone({ numbers, small }: FlowRows, row: number): boolean {
  const first = row * flowStride;
  if (numbers[first + flowAt.bytes]! >= thresholds.volume.bytes / 100) return false;
  const dstport = small[row * smallStride + smallAt.dstport]!;
  if (dstport === 25 || dstport === 53 || dstport === 853) return false;
  const dstaddr = numbers[first + flowAt.dstaddr]!;
  return dstport !== 443 || (dstaddr >= 0 && !resolvers.has(dstaddr));
}

const resolvers = new Set([...publicResolvers].map((address) => ipv4Bits(address)));

/** Whether an interface opened a port in this span of time before; it has now. */
function isOfThisSpan(opened: Lately, { numbers, times }: FlowRows, row: number, port: number): boolean {
  const { windowMs } = thresholds.learning;
  const key = numbers[row * flowStride + flowAt.owner]! + Math.imul(port, 0x9e3779b1);
  return spanOf(opened.before(key, times[row]!), windowMs) >= spanOf(times[row]!, windowMs);
}

/** Whether the same address tried to log in at the same one within the window; it has now. */
function isAgain(tried: Lately, { numbers, times }: FlowRows, row: number): boolean {
  const at = row * flowStride;
  const addresses = Math.imul(numbers[at + flowAt.srcaddr]!, 0x9e3779b1) ^ numbers[at + flowAt.dstaddr]!;
  const key = numbers[at + flowAt.owner]! + addresses;
  return Math.abs(times[row]! - tried.before(key, times[row]!)) <= thresholds.guesses.windowMs;
}

/** A cache line of four pairs: with one place a pair, two that share it would be new to each other for ever. */
const setLength = 8;

/** When something came last, by numbers that stand for what it was. A newer one takes the place of an older one. */
class Lately {
  /** Sets of pairs: a key, and beside it the latest time. Memory is what a look-up waits for. */
  readonly #table: Float64Array;

  constructor(pairs: number) {
    this.#table = new Float64Array(2 * pairs);
  }

  /** When it came before, far in the past where it did not; it has come now. */
  before(key: number, now: number): number {
    const table = this.#table;
    const first = setLength * (placeOf(key) & (table.length / setLength - 1));
    for (let at = first; at < first + setLength; at += 2) {
      if (table[at] !== key) continue;
      const before = table[at + 1]!;
      if (now > before) table[at + 1] = now;
      return before;
    }
    table.copyWithin(first + 2, first, first + setLength - 2);
    table[first] = key;
    table[first + 1] = now;
    return Number.NEGATIVE_INFINITY;
  }
}

/** Of a number beyond 32 bits: both halves count. */
function placeOf(key: number): number {
  const bits = key ^ Math.imul((key / 2 ** 32) | 0, 0x9e3779b1);
  return bits ^ (bits >>> 16);
}
