import { ipv4Bits } from '../aws/network/cidr.ts';
import type { Activity, Flow } from '../model/activity.ts';
import { spanOf } from './memory.ts';
import { PairSums } from './pair-sums.ts';
import { thresholds } from './thresholds.ts';
import { publicResolvers, trafficOf, traffics } from './traffic.ts';
import type { World } from './world.ts';

/**
 * Keeps from the detectors the flows that cannot change what they say: addresses on no list, what an interface did
 * before in the same hours, few packets. A flow costs a few comparisons; one of fifty goes on.
 */
export class Triage {
  readonly #world: World;
  readonly #done = new Done();
  readonly #sums = new PairSums(thresholds.flood.windowMs);

  constructor(world: World) {
    this.#world = world;
  }

  /** The traffic of which detectors must know, as the sum of `traffics`. */
  of(activity: Activity, flow: Flow): number {
    let traffic = trafficOf(activity, flow);
    if ((traffic & traffics.peer) !== 0 && this.#isUnlisted(flow)) traffic &= ~traffics.peer;
    if ((traffic & traffics.outward) !== 0 && this.#isDone(activity, flow)) traffic &= ~traffics.outward;
    if ((traffic & traffics.small) !== 0 && !this.#isMuch(activity, flow)) traffic &= ~traffics.small;
    return traffic;
  }

  /** Pairs of which the sum was lost for want of room. */
  get evicted(): number {
    return this.#sums.evicted;
  }

  #isUnlisted({ srcaddr, dstaddr }: Flow): boolean {
    const { lists } = this.#world;
    if (lists.holds === undefined || srcaddr < 0 || dstaddr < 0) return false;
    // Whole numbers of 32 bits with a sign: others are objects when they are handed over.
    return !lists.holds(srcaddr | 0) && !lists.holds(dstaddr | 0);
  }

  /**
   * Whether the interface opened this port to the internet before in this span of time: then nothing is new, and the
   * memory need not be touched. Which address it was matters only where names are asked, and how much only if it is much.
   */
  #isDone({ time }: Activity, { owner, dstaddr, dstport, bytes }: Flow): boolean {
    if (bytes >= thresholds.volume.bytes / 100 || dstport === 53 || dstport === 853) return false;
    if (dstport === 443 && (dstaddr < 0 || resolvers.has(dstaddr))) return false;
    return this.#done.has(owner, dstport, spanOf(time, thresholds.learning.windowMs));
  }

  /** Floods are added up from the first packets on that are more than a twentieth of one. */
  #isMuch({ time }: Activity, { owner, dstaddr, packets }: Flow): boolean {
    return dstaddr < 0 || this.#sums.add(owner, dstaddr, packets, time) >= thresholds.flood.packets / 20;
  }
}

const resolvers = new Set([...publicResolvers].map((address) => ipv4Bits(address)));

/** The last span in which an interface opened a port. A newer pair takes the place of an older one. */
class Done {
  readonly #owners = new Float64Array(places);
  readonly #ports = new Int32Array(places);
  readonly #spans = new Int32Array(places);

  /** Whether it came in this span; remembers it. */
  has(owner: number, port: number, span: number): boolean {
    const at = (owner ^ Math.imul(port, 0x9e3779b1)) & (places - 1);
    if (this.#owners[at] === owner && this.#ports[at] === port && this.#spans[at] === span) return true;
    this.#owners[at] = owner;
    this.#ports[at] = port;
    this.#spans[at] = span;
    return false;
  }
}

const places = 1 << 14;
