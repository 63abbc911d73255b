import type { Words } from '../model/words.ts';
import type { Journal } from './journal.ts';
import { type Judged, runOf, unexpectedOf } from './judge.ts';
import type { Drill } from './schema.ts';

export const stages = ['environment', 'attack', 'finding', 'run', 'verdict', 'mail', 'expect'] as const;
export type Stage = (typeof stages)[number];

/** One line of the timeline, in virtual time. */
export interface Moment {
  readonly time: number;
  readonly stage: Stage;
  readonly what: Words;
}

export interface ResultFinding {
  readonly id: string;
  readonly type: string;
  readonly resource: string;
  readonly foundAfterS: number;
  /** From the notice to the run's `ran`; null when nothing ran. */
  readonly answeredAfterS: number | null;
  /** How the run ended; `noPlaybook` when there was none, `unfinished` when it had no end yet. */
  readonly run: string;
  readonly runs: readonly { readonly id: string; readonly playbook: string; readonly end: string }[];
  readonly verdict: string | null;
  readonly evidence: readonly string[];
}

/** What `drill run --json` prints. */
export interface DrillResult {
  readonly drill: string;
  readonly seed: number;
  readonly held: boolean;
  readonly virtualSeconds: number;
  readonly realSeconds: number;
  readonly expectations: readonly { readonly name: string; readonly held: boolean; readonly saw: string }[];
  readonly unexpected: readonly { readonly id: string; readonly type: string; readonly resource: string }[];
  readonly findings: readonly ResultFinding[];
  readonly timeline: readonly { readonly time: string; readonly stage: Stage; readonly what: string }[];
}

export function resultOf(facts: {
  readonly drill: Drill;
  readonly seed: number;
  readonly virtualMs: number;
  readonly realMs: number;
  readonly expectations: readonly Judged[];
  readonly journal: Journal;
  readonly timeline: readonly Moment[];
}): DrillResult {
  const { drill, seed, expectations, journal } = facts;
  const unexpected = unexpectedOf(drill.expect, journal).map(({ id, type, resource }) => ({ id, type, resource }));
  return {
    drill: drill.name,
    seed,
    held: unexpected.length === 0 && expectations.every(({ held }) => held),
    virtualSeconds: facts.virtualMs / 1000,
    realSeconds: Math.round(facts.realMs / 100) / 10,
    expectations: expectations.map(({ name, held, saw }) => ({ name: name.en, held, saw: saw.en })),
    unexpected,
    findings: findingsOf(journal),
    timeline: [...facts.timeline]
      .sort((a, b) => a.time - b.time)
      .map(({ time, stage, what }) => ({ time: new Date(time).toISOString(), stage, what: what.en })),
  };
}

function findingsOf(journal: Journal): readonly ResultFinding[] {
  return [...journal.findings.values()].map((finding) => {
    const runs = journal.runsOf(finding.id);
    const run = runOf(runs);
    return {
      id: finding.id,
      type: finding.type,
      resource: finding.resource,
      foundAfterS: (finding.noticedAt - finding.firstSeen) / 1000,
      answeredAfterS: run?.ranAt === undefined ? null : (run.ranAt - finding.noticedAt) / 1000,
      run: run === undefined ? 'noPlaybook' : (run.end ?? 'unfinished'),
      runs: runs.map(({ id, playbook, end }) => ({ id, playbook, end: end ?? 'unfinished' })),
      verdict: run?.verdict ?? null,
      evidence: run?.evidence ?? [],
    };
  });
}
