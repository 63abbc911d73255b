import { mails } from '../range/mailbox.ts';
import type { Answers } from './adapters/door/server.ts';
import { UserError } from './errors.ts';
import { findingById } from './finding-by-id.ts';
import type { LocalRange } from './local.ts';
import { rangeFindings } from './range-findings.ts';

/** What the control door tells of a running range. It reads; it cannot act as a principal. */
export function doorAnswers(range: LocalRange, place: { readonly endpoint: string; readonly region: string }): Answers {
  return {
    credentials: () => ({ ...range.administrator, ...place, account: range.account }),
    why: ({ id }) => why(range, String(id)),
    mail: ({ after }) =>
      [...mails(range.store, typeof after === 'string' ? after : undefined)].map(([id, mail]) => ({ id, ...mail })),
    findings: () => rangeFindings(range.store),
    time: () => ({ virtual: new Date(range.clock.now()).toISOString() }),
    doctor: () => ({ notBuilt: Object.fromEntries(range.notBuilt) }),
  };
}

/** Of a request: what decided it. Of a finding: what it was made of. */
function why(range: LocalRange, id: string) {
  const judgements = range.decisions.of(id);
  if (judgements !== undefined) return { requestId: id, judgements };
  const { findings } = rangeFindings(range.store);
  // A request's id has dashes, and a finding's is told by how it begins.
  if (!id.includes('-') && findings.some(({ finding }) => finding.id.startsWith(id))) {
    const { finding } = findingById(findings, id, (each) => each.finding.id);
    return { finding, stages: findings.map((each) => each.finding).filter(({ story }) => story?.id === finding.id) };
  }
  throw new UserError({
    code: 'WHY_UNKNOWN',
    message: {
      en: `"${id}" is no finding, and no request of this range that is still remembered`,
      ja: `"${id}" は検出結果でも、このレンジが記憶しているリクエストでもありません`,
    },
    expected: {
      en: "a finding's id, or the request id of one of the last calls (x-amzn-requestid, or requestID in CloudTrail)",
      ja: '検出結果の ID、または最近の呼び出しのリクエスト ID (x-amzn-requestid ヘッダー、または CloudTrail の requestID)',
    },
    hint: 'yagura findings; aws cloudtrail lookup-events --max-results 5',
  });
}
