import type { Evidence } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { Words } from '../model/words.ts';
import { type Actor, type Anchor, tacticsOf, typesOf } from './actor.ts';
import type { Tactic } from './tactics.ts';

/**
 * Several suspicious acts of one credential add up.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-attack-sequence-finding-types.html
 */
export function storySighting(actor: Actor, { account, region, accessKey }: Anchor, latest: Sighting): Sighting {
  const steps = tacticsOf(actor, latest.time);
  const name = accessKey.userName || accessKey.principalId;
  const say = (locale: 'en' | 'ja') => steps.map((tactic) => words[tactic][locale]).join(locale === 'en' ? ', ' : '、');
  return {
    detector: type,
    account,
    region,
    type,
    title: storyTitle,
    description: {
      en: `What the credentials of ${name} were used for adds up to an intrusion of ${actor.stages.size} findings: ${say('en')}.`,
      ja: `${name} の認証情報による ${actor.stages.size} 件の検出が 1 つの侵入を構成しています: ${say('ja')}。`,
    },
    severity: 9,
    technique: 'T1078.004',
    // The account and the resource name the actor, so that the story has the same id each time.
    resource: { type: 'AttackSequence', accessKey },
    counterpart: '',
    time: latest.time,
    evidence: evidenceOf(actor, latest),
    additional: { tactics: steps, findingTypes: typesOf(actor) },
  };
}

export const storyTitle: Words = {
  en: 'Credentials are used for one attack after another',
  ja: '認証情報が一連の攻撃に使用されています',
};

/** When first told, a story reaches back to how each of its stages began. */
function evidenceOf({ stages, story }: Actor, { evidence }: Sighting): readonly Evidence[] {
  if (story !== undefined) return evidence;
  const all = [...[...stages.values()].flatMap(({ begun }) => begun), ...evidence];
  return [...new Map(all.map((each) => [each.id, each])).values()].sort((a, b) => a.time - b.time);
}

export const type = 'AttackSequence:IAM/CompromisedCredentials';

const words: Readonly<Record<Tactic, Words>> = {
  reconnaissance: { en: 'reconnaissance', ja: '偵察' },
  'resource-development': { en: 'resource development', ja: 'リソース開発' },
  'initial-access': { en: 'initial access', ja: '初期アクセス' },
  execution: { en: 'execution', ja: '実行' },
  persistence: { en: 'persistence', ja: '永続化' },
  'privilege-escalation': { en: 'privilege escalation', ja: '権限昇格' },
  'defense-evasion': { en: 'defence evasion', ja: '防御回避' },
  'credential-access': { en: 'credential access', ja: '認証情報アクセス' },
  discovery: { en: 'discovery', ja: '探索' },
  'lateral-movement': { en: 'lateral movement', ja: '水平展開' },
  collection: { en: 'collection', ja: '収集' },
  'command-and-control': { en: 'command and control', ja: 'コマンド＆コントロール' },
  exfiltration: { en: 'exfiltration', ja: '持ち出し' },
  impact: { en: 'impact', ja: '影響' },
};
