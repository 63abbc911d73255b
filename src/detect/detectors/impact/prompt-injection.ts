import type { Json } from '../../../model/json.ts';
import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey } from '../../subjects.ts';

const invoking = ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream', 'ApplyGuardrail'];
const places = ['responseElements', 'additionalEventData'] as const;

/**
 * A guardrail's assessment names the attack and how sure it is. Where a record of CloudTrail has the assessment AWS does
 * not document, so it is looked for in all that an answer can leave.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailContentFilter.html
 */
export const promptInjection = onActivity({
  type: 'Impact:IAMUser/PromptInjection.Direct',
  title: {
    en: 'A guardrail is sure of an attack within a prompt',
    ja: 'ガードレールがプロンプト内の攻撃を高い確度で検知しました',
  },
  advice: {
    en: 'Read the prompt in the log of model invocations, ask the owner of the credentials, and limit what the application passes on.',
    ja: 'モデル呼び出しログでプロンプトを確認し、認証情報の所有者に確かめて、アプリケーションが渡す入力を制限してください。',
  },
  falsePositives: { en: 'A test of your guardrails.', ja: '自社でガードレールをテストしている場合。' },
  severity: 2,
  technique: 'AML.T0051',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', calls: invoking.map((name) => `bedrock:${name}`) },
  reads: places,
  when: (seen) => places.some((place) => isAttacked(seen.json(place))),
  resource: accessKey,
  says: (seen) => ({
    en: `${seen.principal} called ${seen.name} with a prompt that a guardrail is sure is an attack.`,
    ja: `${seen.principal} が ${seen.name} に渡したプロンプトを、ガードレールが高い確度で攻撃と判定しました。`,
  }),
  examples: {
    fires: { 'a sure attack': [assessed('PROMPT_ATTACK', 'HIGH')] },
    stays: {
      'a likely one': [assessed('PROMPT_ATTACK', 'MEDIUM')],
      'something else that is blocked': [assessed('INSULTS', 'HIGH')],
      'nothing is assessed': [call('bedrock:Converse')],
    },
  },
});

function isAttacked(json: Json | undefined): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (!Array.isArray(json) && 'type' in json && json.type === 'PROMPT_ATTACK' && json['confidence'] === 'HIGH')
    return true;
  return Object.values(json).some(isAttacked);
}

function assessed(type: string, confidence: string) {
  const contentPolicy = { filters: [{ type, confidence, action: 'BLOCKED' }] };
  const inputAssessment = { g1: { contentPolicy } };
  return call('bedrock:Converse', { more: { additionalEventData: { guardrail: { inputAssessment } } } });
}
