import { byHand } from '../../callers.ts';
import { call, times } from '../../examples.ts';
import { onVolume } from '../../on-volume.ts';
import { accessKey } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

const { count, times: fold, learnMs, windowMs } = thresholds.invocations;
const days = Math.ceil(learnMs / 86_400_000) + 1;
const last = days * 86_400;

/** CloudTrail does not say how many tokens a call used, so invocations stand for them. */
export const costHarvesting = onVolume({
  type: 'Impact:IAMUser/CostHarvesting',
  title: {
    en: 'A principal invokes models far more than it ever did',
    ja: 'プリンシパルがかつてない頻度でモデルを呼び出しています',
  },
  advice: {
    en: 'Ask the owner of the credentials. If it was not them, revoke the sessions, deny Bedrock with a policy, and watch the bill.',
    ja: '認証情報の所有者に確認し、心当たりがなければセッションを失効させ、ポリシーで Bedrock を拒否して請求額を監視してください。',
  },
  falsePositives: { en: 'A new application or a large batch.', ja: '新しいアプリケーションや大規模な一括処理の場合。' },
  severity: 2,
  technique: 'T1496',
  logs: ['cloudtrail-management'],
  on: {
    kind: 'api-call',
    calls: [
      ...['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'].map(
        (name) => `bedrock:${name}`,
      ),
      ...['InvokeEndpoint', 'InvokeEndpointWithResponseStream'].map((name) => `sagemaker:${name}`),
    ],
  },
  reads: [],
  when: (seen) => seen.error === '' && byHand(seen),
  key: (seen) => seen.principal,
  towards: () => '',
  amount: () => 1,
  crumbs: 0,
  least: count,
  times: fold,
  learnMs,
  windowMs,
  resource: accessKey,
  says: (seen, { amount, usual }) => ({
    en: `${seen.principal} invoked models ${amount} times within an hour; the most before was ${usual}.`,
    ja: `${seen.principal} が 1 時間以内にモデルを ${amount} 回呼び出しました。これまでの最大は ${usual} 回です。`,
  }),
  examples: {
    fires: {
      'after days of a few': [...past(), ...invoked(count)],
      'without a past, ten times as often': times(count * 10, (_, at) => call('bedrock:InvokeModel', { at }), 1),
    },
    stays: {
      'one fewer': [...past(), ...invoked(count - 1)],
      'they are refused': [...past(), ...invoked(count, 'ThrottlingException')],
      'over a day': [...past(), ...times(count, (_, at) => call('bedrock:Converse', { at: last + at }), 600)],
      'without a past': times(count, (_, at) => call('bedrock:Converse', { at })),
    },
  },
});

function past() {
  return times(days, (_, at) => call('bedrock:InvokeModel', { at }), 86_400);
}

function invoked(many: number, error?: string) {
  const more = error === undefined ? {} : { error };
  return times(many, (_, at) => call('bedrock:Converse', { at: last + at, ...more }));
}
