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
  readonly #opened = new Done();
  readonly #ports = new Done();
  readonly #sums = new PairSums(thresholds.flood.windowMs);
  readonly #tried = new Tried();

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
    if ((traffic & traffics.port) !== 0 && this.#ports.has(flows, row, portOf(flows, row))) traffic &= ~traffics.port;
    if ((traffic & traffics.outward) !== 0 && mayBeDone(flows, row) && this.#opened.has(flows, row, anyPort)) {
      traffic &= ~traffics.outward;
    }
    // Most that try to log in try once and never again: nobody keeps a state of each.
    if ((traffic & traffics.guess) !== 0 && !this.#tried.has(flows, row)) traffic &= ~traffics.guess;
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

/** The last span of time in which an interface opened a port. A newer pair takes the place of an older one. */
class Done {
  /** Sets of pairs: the owner, and beside it port and span in one number. Memory is what a look-up waits for. */
  readonly #table = new Float64Array(2 * limits.opened);

  /** Whether it came in this span of time; remembers it. */
  has({ numbers, times }: FlowRows, row: number, port: number): boolean {
    const table = this.#table;
    const owner = numbers[row * flowStride + flowAt.owner]!;
    const what = spanOf(times[row]!, thresholds.learning.windowMs) * 0x20000 + port;
    const first = setLength * ((owner ^ Math.imul(port, 0x9e3779b1)) & (table.length / setLength - 1));
    for (let at = first; at < first + setLength; at += 2) {
      if (table[at] === owner && table[at + 1] === what) return true;
    }
    table.copyWithin(first + 2, first, first + setLength - 2);
    table[first] = owner;
    table[first + 1] = what;
    return false;
  }
}

/** Four pairs: a cache line. With one place a pair, two interfaces that share it would be new to each other for ever. */
const setLength = 8;

/** Pairs of addresses of which one tried to log in at the other lately. A newer pair takes the place of an older one. */
class Tried {
  /** Sets of pairs: what stands for a pair at an interface, and beside it when it came last. */
  readonly #table = new Float64Array(2 * limits.tried);

  /** Whether the pair came within the window; remembers it. */
  has({ numbers, times }: FlowRows, row: number): boolean {
    const table = this.#table;
    const at = row * flowStride;
    const addresses = Math.imul(numbers[at + flowAt.srcaddr]!, 0x9e3779b1) ^ numbers[at + flowAt.dstaddr]!;
    const pair = numbers[at + flowAt.owner]! + addresses;
    const time = times[row]!;
    const first = setLength * (((pair | 0) ^ (addresses >>> 16)) & (table.length / setLength - 1));
    for (let place = first; place < first + setLength; place += 2) {
      if (table[place] !== pair) continue;
      const before = table[place + 1]!;
      table[place + 1] = Math.max(before, time);
      return Math.abs(time - before) <= thresholds.guesses.windowMs;
    }
    table.copyWithin(first + 2, first, first + setLength - 2);
    table[first] = pair;
    table[first + 1] = time;
    return false;
  }
}
