import type { Words } from './words.ts';

/** What was seen afterwards by looking at the world again. */
export interface Verdict {
  readonly verdict: 'resolved' | 'remains';
  readonly evidence: readonly Words[];
}

/** A run ends as exactly one of these. */
export const runEnds = ['verified', 'not verified', 'nothing to do', 'unsupported'] as const;
export type RunEnd = (typeof runEnds)[number];

/** The same for people. */
export const runEndWords: Readonly<Record<RunEnd, Words>> = {
  verified: { en: 'verified', ja: '確認済み' },
  'not verified': { en: 'not verified', ja: '未確認' },
  'nothing to do': { en: 'nothing to do', ja: '対応不要' },
  unsupported: { en: 'unsupported', ja: '対象外' },
};

/** One step that a playbook means to take, shown before it is taken. */
export interface PlannedStep {
  readonly action: string;
  readonly resource: string;
  readonly why: Words;
  /** What stands there now and what will, in the service's own terms; '' for nothing. */
  readonly before?: string;
  readonly after?: string;
}

/** One execution of a playbook: hash(finding id, its updatedAt, playbook, function ARN). */
export interface Run {
  readonly runId: string;
  readonly findingId: string;
  readonly playbook: string;
  readonly phase: 'planned' | 'ran' | 'verified';
  readonly end?: RunEnd;
  readonly verdict?: Verdict['verdict'];
  readonly evidence: readonly string[];
  /** The same in Japanese. */
  readonly evidenceJa: readonly string[];
  readonly attempt: number;
}

/** Evidence as a run carries it: English, as AWS's own texts are, and Japanese beside it. */
export function evidenceOf(told: readonly Words[]): Pick<Run, 'evidence' | 'evidenceJa'> {
  return { evidence: told.map(({ en }) => en), evidenceJa: told.map(({ ja }) => ja) };
}
