import type { Activity } from '../model/activity.ts';
import type { Finding, RemoteIp, Sighting } from '../model/finding.ts';
import type { Counted } from './counts.ts';
import { Folded, type FoldedSummary } from './folded.ts';
import { Known, type Session } from './known.ts';
import { limits } from './limits.ts';
import type { Novelty } from './novelties.ts';
import type { Tally } from './tallies.ts';

/** What one principal did, whatever sessions it did it in. */
export interface PrincipalSummary {
  readonly principal: string;
  readonly account: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly calls: Readonly<Record<string, Readonly<Tally>>>;
  readonly regions: readonly Counted[];
  readonly addresses: readonly (Counted & Partial<RemoteIp>)[];
  readonly agents: readonly Counted[];
  readonly keys: readonly Counted[];
  readonly sessions: readonly Session[];
  /** What is unusual for it: done for the first time when it had been known for a day. */
  readonly unusual: readonly Novelty[];
  /** There was no room for what it did before `firstSeen`: that is counted with the folded ones. */
  readonly partial?: true;
}

export interface PrincipalsParts {
  /** What a call is for, such as `Discovery`. */
  family(call: Pick<Activity, 'source' | 'name'>): string;
  remoteIp(address: string): RemoteIp;
}

export interface PrincipalsBounds {
  readonly principals: number;
  readonly principalBytes: number;
}

/**
 * Learns of each API call who made it: one look-up and a few counts. When there are too many principals for the memory,
 * the quietest of which no finding speaks are folded into one sum.
 */
export class Principals {
  readonly #parts: PrincipalsParts;
  readonly #bounds: PrincipalsBounds;
  readonly #known = new Map<string, Known>();
  readonly #folded = new Folded();
  readonly #families = new Map<string, string>();
  #weighs = 0;

  constructor(parts: PrincipalsParts, bounds: PrincipalsBounds = limits) {
    this.#parts = parts;
    this.#bounds = bounds;
  }

  see(activity: Activity): void {
    if (activity.kind !== 'api-call') return;
    const principal = activity.origin?.principal || activity.principal;
    // Services of AWS call by the million for everybody, and are nobody.
    if (principal === '' || principal.endsWith('.amazonaws.com')) return;
    const known = this.#knownOf(principal, activity);
    const family = this.#familyOf(activity);
    const before = known.total === 0 ? 0 : known.weighs;
    this.#compare(known, activity, family);
    known.see(activity, family);
    this.#weighs += known.weighs - before;
    if (this.#known.size > this.#bounds.principals || this.#weighs > this.#bounds.principalBytes) this.#fold();
  }

  /** Principals of which a finding speaks are folded last. */
  mark(sighting: Pick<Sighting, 'evidence'>): void {
    for (const principal of principalsOf(sighting)) {
      const known = this.#known.get(principal);
      if (known !== undefined) known.isMarked = true;
    }
  }

  #compare({ novelties, addresses, first: since, total: calls }: Known, activity: Activity, family: string): void {
    const { time, region, address } = activity;
    const now = { time, calls, since };
    novelties.see('region', region, now);
    if (family !== 'Other') novelties.see('purpose', family, now);
    novelties.see('agent', productOf(activity.text('userAgent') ?? ''), now);
    // Where an address is, is asked once.
    const isNew = address?.kind === 'ip' && address.public && !addresses.has(address.text);
    if (isNew) novelties.see('network', this.#networkOf(address.text), now);
  }

  #networkOf(address: string): string {
    const { asnOrg, country } = this.#parts.remoteIp(address);
    return [asnOrg, country].filter((part) => part !== undefined).join(', ') || address;
  }

  /** The busiest first. */
  *all(): Generator<PrincipalSummary> {
    const inOrder = [...this.#known.values()].sort((a, b) => b.total - a.total || (a.principal < b.principal ? -1 : 1));
    for (const known of inOrder) yield summaryOf(known, this.#parts);
  }

  of(principal: string): PrincipalSummary | undefined {
    const known = this.#known.get(principal);
    return known === undefined ? undefined : summaryOf(known, this.#parts);
  }

  /** Those of which there was no room to tell one by one. */
  folded(): FoldedSummary | undefined {
    return this.#folded.summary();
  }

  #knownOf(principal: string, { account, time }: Activity): Known {
    const known = this.#known.get(principal);
    if (known !== undefined) return known;
    const fresh = new Known(principal, account, time, this.#folded.has(principal));
    this.#known.set(principal, fresh);
    return fresh;
  }

  /** Makes a quarter of the room free at once, because finding out who is quiet takes a look at all. */
  #fold(): void {
    const inOrder = [...this.#known.values()].sort(
      (a, b) =>
        Number(a.isMarked) - Number(b.isMarked) ||
        a.total - b.total ||
        a.last - b.last ||
        (a.principal < b.principal ? -1 : 1),
    );
    const { principals, principalBytes } = this.#bounds;
    for (const known of inOrder) {
      if (this.#known.size <= principals * 0.75 && this.#weighs <= principalBytes * 0.75) return;
      this.#known.delete(known.principal);
      this.#weighs -= known.weighs;
      this.#folded.add(known);
    }
  }

  #familyOf(activity: Activity): string {
    const call = `${activity.source} ${activity.name}`;
    const known = this.#families.get(call);
    if (known !== undefined) return known;
    if (this.#families.size >= limits.families) this.#families.clear();
    const family = this.#parts.family(activity);
    if (call.length <= limits.characters) this.#families.set(call, family);
    return family;
  }
}

/** `aws-cli` of `aws-cli/2.31.0 …`: another version is nothing new. */
function productOf(agent: string): string {
  return agent.replace(/^[[\s]+/, '').split(/[/\s(;\]]/, 1)[0] ?? '';
}

function summaryOf(known: Known, { remoteIp }: PrincipalsParts): PrincipalSummary {
  const { principal, account, first, last, tallies, regions, addresses, agents, keys, sessions } = known;
  const place = ({ value, count: seen }: Counted) => {
    const { country, asn, asnOrg } = remoteIp(value);
    return {
      value,
      count: seen,
      ...(country === undefined ? {} : { country }),
      ...(asn === undefined ? {} : { asn }),
      ...(asnOrg === undefined ? {} : { asnOrg }),
    };
  };
  return {
    principal,
    account,
    firstSeen: first,
    lastSeen: last,
    calls: Object.fromEntries(tallies.entries()),
    regions: regions.list(),
    addresses: addresses.list().map(place),
    agents: agents.list(),
    keys: keys.list(),
    sessions: sessions.map((session) => ({ ...session })),
    unusual: known.novelties.found,
    ...(known.isPartial ? { partial: true } : {}),
  };
}

/** The principals that a finding speaks of, by the names under which they are summarised. */
export function principalsOf({ evidence }: Pick<Finding, 'evidence'>): ReadonlySet<string> {
  return new Set(evidence.map(({ principal, origin }) => origin?.principal || principal).filter((name) => name !== ''));
}
