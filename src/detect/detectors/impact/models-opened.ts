import { byHand } from '../../callers.ts';
import { call } from '../../examples.ts';
import { onSequence } from '../../on-sequence.ts';
import { accessKey } from '../../subjects.ts';

const opening = ['PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess'];
const invoking = ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'];

/** Access to models is asked for once, by a team with a plan; a thief asks and at once runs up a bill. */
export const modelsOpened = onSequence({
  type: 'Custom:BedrockModel/OpenedThenInvoked',
  title: { en: 'Access to models was opened and used at once', ja: 'モデルへのアクセスが開かれ、直後に利用されました' },
  advice: {
    en: 'Ask the owner of the credentials. If it was not them, revoke the sessions and deny Bedrock with a policy; watch the bill.',
    ja: '認証情報の所有者に確認し、本人でなければセッションを失効させ、ポリシーで Bedrock を拒否して請求額を監視してください。',
  },
  falsePositives: { en: 'A developer begins to use Bedrock.', ja: '開発者が Bedrock を使い始めた場合。' },
  severity: 5,
  technique: 'T1496',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', calls: [...opening, ...invoking].map((name) => `bedrock:${name}`) },
  reads: [],
  windowMs: 2 * 3_600_000,
  steps: [opening, invoking].map((names) => ({
    when: (seen) => seen.error === '' && names.includes(seen.name) && byHand(seen),
    key: (seen) => seen.principal,
  })),
  resource: accessKey,
  says: (seen) => ({
    en: `${seen.principal} opened access to models and called ${seen.name} within two hours.`,
    ja: `${seen.principal} が 2 時間以内にモデルへのアクセスを開き、${seen.name} を呼び出しました。`,
  }),
  examples: {
    fires: {
      'within minutes': [call('bedrock:PutFoundationModelEntitlement'), call('bedrock:InvokeModel', { at: 300 })],
    },
    stays: {
      'a day later': [call('bedrock:PutFoundationModelEntitlement'), call('bedrock:InvokeModel', { at: 86_400 })],
      'by somebody else': [
        call('bedrock:PutFoundationModelEntitlement'),
        call('bedrock:InvokeModel', { at: 300, by: 'bob' }),
      ],
      'access was refused': [
        call('bedrock:PutFoundationModelEntitlement', { error: 'AccessDenied' }),
        call('bedrock:InvokeModel', { at: 300 }),
      ],
    },
  },
});
