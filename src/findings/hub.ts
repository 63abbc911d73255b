import { type GuardDutyForm, toGuardDuty } from '../aws/findings/guardduty.ts';
import type { Evidence } from '../model/activity.ts';
import type { Finding, FindingRef, Sighting } from '../model/finding.ts';
import { type Criteria, meets, type SortBy, sorted } from './criteria.ts';
import { findingId, identityOf } from './identity.ts';
import { limits } from './limits.ts';
import type { FindingStore } from './store.ts';

export interface Change {
  readonly change: 'created' | 'updated';
  readonly finding: Finding;
}

export interface Query {
  readonly criteria?: Criteria;
  readonly sort?: SortBy;
  readonly max?: number;
  /** What `next` was in the answer before. */
  readonly after?: string;
}

/** The life of findings. `now` is when the hub acts: it differs from event time where logs come late. */
export interface Hub {
  /** A sighting makes a finding or changes one; undefined when its evidence was counted before. */
  take(sighting: Sighting, now: number): Change | undefined;
  list(account: string, region: string, query?: Query): { readonly ids: readonly string[]; readonly next?: string };
  get(account: string, region: string, ids: readonly string[]): readonly Finding[];
  /** Archives by hand or takes back; what is seen after an archive is a new episode. False: no such finding. */
  archive(account: string, region: string, id: string, archived: boolean, now: number): boolean;
  /** Marks what went into a story. */
  tell(of: FindingRef, story: FindingRef, now: number): Finding | undefined;
  /** Number of findings by severity, as GetFindingsStatistics spells it (`5.0`). */
  statistics(account: string, region: string, criteria?: Criteria): Readonly<Record<string, number>>;
}

export function hub(store: FindingStore, form: GuardDutyForm): Hub {
  const chosen = (account: string, region: string, criteria: Criteria | undefined) =>
    [...store.all(account, region)]
      .map((finding) => ({ finding, json: toGuardDuty(finding, form) }))
      .filter(({ json }) => criteria === undefined || meets(json, criteria));
  return {
    take(sighting, now) {
      const identity = identityOf(sighting);
      const episode = store.episode(sighting.account, sighting.region, identity);
      const id = findingId(identity, episode);
      const before = store.get(sighting.account, sighting.region, id);
      const finding = before === undefined ? created(sighting, id, episode, now) : merged(before, sighting, now);
      if (finding === undefined) return undefined;
      store.put(finding);
      return { change: before === undefined ? 'created' : 'updated', finding };
    },
    list(account, region, { criteria, sort, max = limits.page, after } = {}) {
      const all = sorted(chosen(account, region, criteria), sort);
      const start = after === undefined ? 0 : all.findIndex(({ finding }) => finding.id === after) + 1;
      const ids = all.slice(start, start + max).map(({ finding }) => finding.id);
      const last = ids.at(-1);
      return last !== undefined && start + max < all.length ? { ids, next: last } : { ids };
    },
    get: (account, region, ids) =>
      ids.flatMap((id) => {
        const finding = store.get(account, region, id);
        return finding === undefined ? [] : [finding];
      }),
    archive: (account, region, id, archived, now) => archive(store, account, region, id, archived, now),
    tell({ account, region, id }, story, now) {
      const finding = store.get(account, region, id);
      if (finding === undefined || finding.story?.id === story.id) return undefined;
      const told = { ...finding, story, updatedAt: now };
      store.put(told);
      return told;
    },
    statistics(account, region, criteria) {
      const counts: Record<string, number> = {};
      for (const { finding } of chosen(account, region, criteria)) {
        const severity = finding.severity.toFixed(1);
        counts[severity] = (counts[severity] ?? 0) + 1;
      }
      return counts;
    },
  };
}

function archive(store: FindingStore, account: string, region: string, id: string, archived: boolean, now: number) {
  const finding = store.get(account, region, id);
  if (finding === undefined) return false;
  if (finding.archived === archived) return true;
  store.put({ ...finding, archived, updatedAt: now });
  // The next sighting of this identity belongs to a new finding, or to this one again when the archive is taken back.
  const identity = identityOf({ ...finding, detector: '', time: finding.lastSeen });
  store.setEpisode(account, region, identity, archived ? finding.episode + 1 : finding.episode);
  return true;
}

function created(sighting: Sighting, id: string, episode: number, now: number): Finding {
  const { detector: _detector, time, evidence, ...same } = sighting;
  return {
    ...same,
    id,
    episode,
    count: 1,
    firstSeen: Math.min(time, ...evidence.map((each) => each.time)),
    lastSeen: time,
    createdAt: now,
    updatedAt: now,
    archived: false,
    evidence: bounded(evidence),
  };
}

function merged(before: Finding, sighting: Sighting, now: number): Finding | undefined {
  const known = new Set(before.evidence.map((each) => each.id));
  const fresh = sighting.evidence.filter((each) => !known.has(each.id));
  if (fresh.length === 0) return undefined;
  const isLater = sighting.time >= before.lastSeen;
  // The latest sighting says what is shown, so that arrival order among equals decides nothing.
  const shown = isLater ? sighting : before;
  return {
    ...before,
    description: shown.description,
    ...(shown.action === undefined ? {} : { action: shown.action }),
    ...(shown.additional === undefined ? {} : { additional: shown.additional }),
    severity: Math.max(before.severity, sighting.severity),
    count: before.count + 1,
    firstSeen: Math.min(before.firstSeen, ...fresh.map((each) => each.time)),
    lastSeen: Math.max(before.lastSeen, sighting.time),
    updatedAt: now,
    evidence: bounded([...before.evidence, ...fresh]),
  };
}

function bounded(evidence: readonly Evidence[]): readonly Evidence[] {
  const inOrder = [...evidence].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const half = limits.evidencePerFinding / 2;
  return inOrder.length <= 2 * half ? inOrder : [...inOrder.slice(0, half), ...inOrder.slice(-half)];
}
