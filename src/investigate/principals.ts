import type { Activity } from '../model/activity.ts';
import type { Finding, RemoteIp } from '../model/finding.ts';
import { limits } from './limits.ts';
import { Novelties, type Novelty } from './novelties.ts';

export interface Tally {
  tried: number;
  refused: number;
}

export interface Counted {
  readonly value: string;
  readonly count: number;
}

export interface Session {
  readonly arn: string;
  /** Roles and sessions between the principal and this one. */
  readonly chain: readonly string[];
  readonly instance?: string;
  readonly function?: string;
  readonly count: number;
}

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
}

export interface PrincipalsParts {
  /** What a call is for, such as `Discovery`. */
  family(source: string, name: string): string;
  remoteIp(address: string): RemoteIp;
}

/** Learns of each API call who made it: one look-up and a few counts. Memory does not grow with the log. */
export class Principals {
  readonly #parts: PrincipalsParts;
  readonly #known = new Map<string, Known>();
  readonly #families = new Map<string, string>();
  /** Calls of principals that came when there was no more room. */
  untold = 0;

  constructor(parts: PrincipalsParts) {
    this.#parts = parts;
  }

  see(activity: Activity): void {
    if (activity.kind !== 'api-call') return;
    const principal = activity.origin?.principal || activity.principal;
    // Services of AWS call by the million for everybody, and are nobody.
    if (principal === '' || principal.endsWith('.amazonaws.com')) return;
    const known = this.#knownOf(principal, activity);
    if (known === undefined) {
      this.untold++;
      return;
    }
    this.#compare(known, activity);
    known.first = Math.min(known.first, activity.time);
    known.last = Math.max(known.last, activity.time);
    known.total++;
    const tally = tallyOf(known, this.#familyOf(activity));
    tally.tried++;
    if (activity.error !== '') tally.refused++;
    count(known.regions, activity.region);
    count(known.addresses, activity.address?.text);
    count(known.agents, activity.text('userAgent'));
    count(known.keys, activity.text('userIdentity.accessKeyId'));
    const arn = activity.text('userIdentity.arn') ?? activity.principal;
    if (arn !== principal) countSession(known, activity, arn);
  }

  #compare({ novelties, addresses, first: since, total: calls }: Known, activity: Activity): void {
    const { time, region, address } = activity;
    const now = { time, calls, since };
    novelties.see('region', region, now);
    const family = this.#familyOf(activity);
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

  #knownOf(principal: string, { account, time }: Activity): Known | undefined {
    const known = this.#known.get(principal);
    if (known !== undefined || this.#known.size >= limits.principals) return known;
    const fresh = new Known(principal, account, time);
    this.#known.set(principal, fresh);
    return fresh;
  }

  #familyOf({ source, name }: Activity): string {
    const call = `${source} ${name}`;
    const known = this.#families.get(call);
    if (known !== undefined) return known;
    if (this.#families.size >= limits.principals) this.#families.clear();
    const family = this.#parts.family(
      source.replace(/\.amazonaws\.com$/, ''),
      name.replace(/20\d{6}(v\d+|_v\d+)?$/, ''),
    );
    this.#families.set(call, family);
    return family;
  }
}

class Known {
  readonly principal: string;
  readonly account: string;
  first: number;
  last: number;
  total = 0;
  readonly calls = new Map<string, Tally>();
  readonly regions = new Map<string, number>();
  readonly addresses = new Map<string, number>();
  readonly agents = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly sessions = new Map<string, Session & { count: number }>();
  readonly novelties = new Novelties();

  constructor(principal: string, account: string, time: number) {
    this.principal = principal;
    this.account = account;
    this.first = time;
    this.last = time;
  }
}

/** `aws-cli` of `aws-cli/2.31.0 …`: another version is nothing new. */
function productOf(agent: string): string {
  return agent.replace(/^[[\s]+/, '').split(/[/\s(;\]]/, 1)[0] ?? '';
}

function tallyOf({ calls }: Known, family: string): Tally {
  const tally = calls.get(family) ?? { tried: 0, refused: 0 };
  calls.set(family, tally);
  return tally;
}

function count(counts: Map<string, number>, value: string | undefined): void {
  if (value === undefined || value === '') return;
  const text = value.length > limits.characters ? value.slice(0, limits.characters) : value;
  const before = counts.get(text);
  // What comes when there is no more room counts as others.
  if (before === undefined && counts.size >= limits.values) counts.set(others, (counts.get(others) ?? 0) + 1);
  else counts.set(text, (before ?? 0) + 1);
}

/** Stands for all values for which there was no more room. */
export const others = '…';

function countSession({ sessions }: Known, { origin }: Activity, arn: string): void {
  const known = sessions.get(arn);
  if (known !== undefined) known.count++;
  else if (sessions.size < limits.values) {
    sessions.set(arn, {
      arn,
      chain: origin?.chain ?? [],
      ...(origin?.instance === undefined ? {} : { instance: origin.instance }),
      ...(origin?.function === undefined ? {} : { function: origin.function }),
      count: 1,
    });
  }
}

function summaryOf(known: Known, { remoteIp }: PrincipalsParts): PrincipalSummary {
  const { principal, account, first, last, calls, regions, addresses, agents, keys, sessions } = known;
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
    calls: Object.fromEntries(
      [...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([family, tally]) => [family, { ...tally }]),
    ),
    regions: counted(regions),
    addresses: counted(addresses).map(place),
    agents: counted(agents),
    keys: counted(keys),
    sessions: [...sessions.values()].map((session) => ({ ...session })),
    unusual: known.novelties.found,
  };
}

function counted(counts: ReadonlyMap<string, number>): readonly Counted[] {
  return [...counts]
    .map(([value, seen]) => ({ value, count: seen }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** The principals that a finding speaks of, by the names under which they are summarised. */
export function principalsOf({ evidence }: Finding): ReadonlySet<string> {
  return new Set(evidence.map(({ principal, origin }) => origin?.principal || principal).filter((name) => name !== ''));
}
