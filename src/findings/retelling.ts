import type { Finding } from '../model/finding.ts';
import { limits } from './limits.ts';

/** Why a finding is worth a line: it is new, graver than when it was last told, or otherwise changed. */
export type Tidings = 'new' | 'graver' | 'changed';

/**
 * When a finding is told again, for whoever reads findings as they come: at once when its severity changes, when it is
 * drawn into a story or, being one, gains a kind of finding; for what only happens again, six hours after the last
 * line, as GuardDuty publishes by default. Goes by event time, so the same logs are told in the same lines.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export class Retelling {
  readonly #told = new Map<string, Told>();

  /** What is to be told of a finding that was made or changed, now told; undefined where it can wait. */
  of(finding: Finding): Tidings | undefined {
    const before = this.#told.get(finding.id);
    const now = toldOf(finding);
    const tidings = tidingsOf(before, now);
    if (tidings !== undefined) this.#told.set(finding.id, now);
    return tidings;
  }

  /** Whether the last line of it no longer says what it is. */
  isStale(finding: Finding): boolean {
    const before = this.#told.get(finding.id);
    const { severity, story, count } = toldOf(finding);
    return before?.severity !== severity || before.story !== story || before.count !== count;
  }

  /** It will not change any more. */
  forget({ id }: Finding): void {
    this.#told.delete(id);
  }
}

interface Told {
  readonly at: number;
  readonly severity: number;
  readonly count: number;
  readonly story: string | undefined;
  /** Of a story: how many types of finding went into it. */
  readonly types: number;
}

function toldOf({ updatedAt, severity, count, story, additional }: Finding): Told {
  const types = additional?.['findingTypes'];
  return { at: updatedAt, severity, count, story: story?.id, types: Array.isArray(types) ? types.length : 0 };
}

function tidingsOf(before: Told | undefined, now: Told): Tidings | undefined {
  if (before === undefined) return 'new';
  if (now.severity > before.severity) return 'graver';
  const isOther = now.severity !== before.severity || now.story !== before.story || now.types > before.types;
  return isOther || now.at - before.at >= limits.retoldAfterMs ? 'changed' : undefined;
}
