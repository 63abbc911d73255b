import type { Activity } from '../model/activity.ts';
import { weightOf } from '../model/weight.ts';
import { Counts } from './counts.ts';
import { limits } from './limits.ts';
import { Novelties } from './novelties.ts';
import { Tallies } from './tallies.ts';

export interface Session {
  readonly arn: string;
  /** Roles and sessions between the principal and this one. */
  readonly chain: readonly string[];
  readonly instance?: string;
  readonly function?: string;
  readonly count: number;
}

/** What is kept of one principal. */
export class Known {
  readonly principal: string;
  readonly account: string;
  /** It came before, and what it did then is among the folded ones. */
  readonly isPartial: boolean;
  /** A finding speaks of it. */
  isMarked = false;
  first: number;
  last: number;
  total = 0;
  readonly tallies = new Tallies();
  readonly regions = new Counts();
  readonly addresses = new Counts();
  readonly agents = new Counts();
  readonly keys = new Counts();
  sessions: readonly (Session & { count: number })[] = [];
  readonly novelties = new Novelties();
  #sessionBytes = 0;

  constructor(principal: string, account: string, time: number, isPartial: boolean) {
    this.principal = principal;
    this.account = account;
    this.first = time;
    this.last = time;
    this.isPartial = isPartial;
  }

  get weighs(): number {
    const { regions, addresses, agents, keys, novelties } = this;
    const values = regions.weighs + addresses.weighs + agents.weighs + keys.weighs + novelties.weighs;
    return 400 + this.principal.length + values + this.#sessionBytes;
  }

  see(activity: Activity, family: string): void {
    this.first = Math.min(this.first, activity.time);
    this.last = Math.max(this.last, activity.time);
    this.total++;
    this.tallies.add(family, activity.error !== '');
    this.regions.add(activity.region);
    this.addresses.add(activity.address?.text);
    this.agents.add(activity.text('userAgent'));
    this.keys.add(activity.text('userIdentity.accessKeyId'));
    const arn = activity.text('userIdentity.arn') ?? activity.principal;
    if (arn !== this.principal) this.#countSession(activity, arn);
  }

  #countSession({ origin }: Activity, arn: string): void {
    const known = this.sessions.find((session) => session.arn === arn);
    if (known !== undefined) known.count++;
    else if (this.sessions.length < limits.values) {
      const session = {
        arn,
        chain: origin?.chain ?? [],
        ...(origin?.instance === undefined ? {} : { instance: origin.instance }),
        ...(origin?.function === undefined ? {} : { function: origin.function }),
        count: 1,
      };
      this.sessions = this.sessions.concat(session);
      this.#sessionBytes += weightOf(session);
    }
  }
}
