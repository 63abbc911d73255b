import { toGuardDuty } from '../../../aws/findings/guardduty.ts';
import { noticeOf } from '../../../aws/findings/notice.ts';
import type { Change } from '../../../findings/hub.ts';
import type { Finding } from '../../../model/finding.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Consumer, Scope } from '../../operation.ts';
import { receive } from '../events/match.ts';
import { newFindingMs, retentionMs } from './limits.ts';
import type { GuardDutyPort } from './port.ts';
import { detectorHere, feedbacks, filters, findings, formOn, frequencies, publications } from './tables.ts';

const topic = 'guardduty.publish';

interface Telling {
  readonly id: string;
  readonly due: number;
}

/**
 * In the commit that changed findings: archives what a filter suppresses, and plans when the bus hears of the rest. A new
 * finding is told after five minutes, changes of a told one at the ends of the intervals of the publishing frequency.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export function announce(
  scope: Scope & Pick<Call, 'later'>,
  changes: readonly Change[],
  now: number,
  port: Pick<GuardDutyPort, 'meets'>,
): void {
  if (changes.some(({ change }) => change === 'created')) forgetOld(scope, now);
  for (const { finding } of changes) {
    if (finding.archived || suppress(scope, finding, port)) continue;
    const { last, due } = publications.get(scope, finding.id) ?? {};
    if (due !== undefined) continue;
    tell(scope, finding.id, last === undefined ? now + newFindingMs : intervalEnd(scope, last, now));
  }
}

/** New ones make the old ones go, so that their number is bounded without a clock of its own. */
function forgetOld(scope: Scope, now: number): void {
  for (const [id, { updatedAt }] of [...findings.list(scope)]) {
    if (updatedAt > now - retentionMs) continue;
    for (const rows of [findings, publications, feedbacks]) rows.remove(scope, id);
  }
}

function tell(scope: Scope & Pick<Call, 'later'>, id: string, due: number): void {
  const { last } = publications.get(scope, id) ?? {};
  publications.put(scope, id, { ...(last === undefined ? {} : { last }), due });
  scope.later(topic, { id, due } satisfies Telling, due);
}

function intervalEnd(scope: Scope, last: number, now: number): number {
  const interval = frequencies[detectorHere(scope)?.frequency ?? 'SIX_HOURS'];
  return last + Math.max(1, Math.ceil((now - last) / interval)) * interval;
}

/** What a filter archives by itself stays the same finding: only an archive by hand begins a new one. */
function suppress(scope: Scope, finding: Finding, port: Pick<GuardDutyPort, 'meets'>): boolean {
  const json = toGuardDuty(finding, formOn(scope.tx));
  for (const [, filter] of filters.list(scope)) {
    if (filter.action !== 'ARCHIVE' || !port.meets(json, filter.criteria)) continue;
    findings.put(scope, finding.id, { ...finding, archived: true });
    return true;
  }
  return false;
}

/** Tells the bus of a finding as it is by then. */
export const publish: Consumer<Telling> = {
  topic,
  async handle({ id, due }, work) {
    await work.commit((scope) => {
      const finding = findings.get(scope, id);
      // A detector that went took its findings along; another plan has taken this one's place.
      if (finding === undefined || publications.get(scope, id)?.due !== due) return;
      publications.put(scope, id, { last: due });
      receive(scope, noticeOf(finding, formOn(scope.tx)) as unknown as JsonObject);
    });
  },
};
