import { UserError } from '../cli/errors.ts';
import { mails } from '../range/mailbox.ts';
import type { Answers } from './adapters/door/server.ts';
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

function why(range: LocalRange, id: string) {
  const judgements = range.decisions.of(id);
  if (judgements !== undefined) return { requestId: id, judgements };
  throw new UserError({
    code: 'WHY_UNKNOWN',
    message: {
      en: `"${id}" is no request of this range that is still remembered`,
      ja: `"${id}" は、このレンジが記憶しているリクエストではありません`,
    },
    expected: {
      en: 'the request id of one of its last calls (x-amzn-requestid, or requestID in CloudTrail)',
      ja: '最近の呼び出しのリクエスト ID (x-amzn-requestid ヘッダー、または CloudTrail の requestID)',
    },
    hint: 'aws cloudtrail lookup-events --max-results 5',
  });
}
