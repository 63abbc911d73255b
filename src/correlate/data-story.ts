import type { Sighting } from '../model/finding.ts';
import type { Words } from '../model/words.ts';
import { type Actor, type Anchor, recent, type Stage } from './actor.ts';

const dataStoryType = 'AttackSequence:S3/CompromisedData';

/** Whether a stage is about objects or their bucket. What a bucket is open to is no act upon its data. */
export function isOfData({ type }: Pick<Stage, 'type'>): boolean {
  return /:S3(Bucket)?\//.test(type) && !type.startsWith('Policy:');
}

/** Buckets were looked at or opened up in one way and another, and something was taken or destroyed. */
export function isDataStory(actor: Actor, now: number): boolean {
  const tactics = new Set(dataStages(actor, now).map(({ tactic }) => tactic));
  return tactics.size >= 2 && (tactics.has('exfiltration') || tactics.has('impact'));
}

/**
 * Told beside the story of the credentials, which owns its findings.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-attack-sequence-finding-types.html
 */
export function dataSighting(actor: Actor, { account, region, accessKey }: Anchor, latest: Sighting): Sighting {
  const types = [...new Set(dataStages(actor, latest.time).map(({ type }) => type))].sort();
  const name = accessKey.userName || accessKey.principalId;
  return {
    detector: dataStoryType,
    account,
    region,
    type: dataStoryType,
    title: dataStoryTitle,
    description: {
      en: `What the credentials of ${name} were used for in buckets adds up to theft or destruction: ${types.join(', ')}.`,
      ja: `${name} の認証情報によるバケットへの一連の操作は、データの窃取または破壊に当たります: ${types.join('、')}。`,
    },
    severity: 9,
    technique: 'T1530',
    resource: { type: 'AttackSequence', accessKey },
    counterpart: '',
    time: latest.time,
    evidence: latest.evidence,
    additional: { findingTypes: types },
  };
}

const dataStoryTitle: Words = {
  en: 'Data in buckets is looked for, and taken or destroyed',
  ja: 'バケットのデータが探索され、窃取または破壊されています',
};

function dataStages(actor: Actor, now: number): readonly Stage[] {
  return recent(actor, now).filter(isOfData);
}
