import { derivedForm } from '../../src/aws/findings/guardduty.ts';
import { limits } from '../../src/correlate/limits.ts';
import { Stories } from '../../src/correlate/stories.ts';
import { hub } from '../../src/findings/hub.ts';
import { memoryStore } from '../../src/findings/store.ts';
import type { Evidence } from '../../src/model/activity.ts';
import type { Finding, Sighting } from '../../src/model/finding.ts';

const account = '111122223333';
export const arn = (name: string) => `arn:aws:iam::${account}:user/${name}`;

/** One sighting, as far as a story looks at it. */
export interface Given {
  readonly type: string;
  readonly who: string;
  readonly minute?: number;
  readonly severity?: number;
  readonly technique?: string;
  readonly region?: string;
  readonly address?: string;
  readonly origin?: Evidence['origin'];
  /** The address is on a threat list. */
  readonly listed?: boolean;
  /** The call that it tells of, where others tell of it too. */
  readonly call?: string;
  /** Acts in this role of the portal, under the name. */
  readonly portalRole?: string;
}

export function sighting(given: Given): Sighting {
  const { type, who, minute = 0, severity = 5, technique = 'T1562', region = 'us-west-2' } = given;
  const time = Date.UTC(2026, 0, 5) + minute * 60_000;
  const { portalRole } = given;
  const principal =
    portalRole === undefined
      ? arn(who)
      : `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${portalRole}`;
  const evidence: Evidence = {
    id: given.call ?? JSON.stringify(given),
    kind: 'api-call',
    time,
    source: 'iam.amazonaws.com',
    name: 'Any',
    principal,
    ...(given.origin === undefined ? {} : { origin: given.origin }),
    address: given.address ?? '10.0.0.1',
    error: '',
    place: { file: 0, offset: 0 },
  };
  const accessKey = {
    accessKeyId: '',
    principalId: portalRole === undefined ? `id of ${who}` : `${portalRole}:${who}`,
    userName: who,
    userType: 'IAMUser',
  };
  const words = { en: type, ja: type };
  return {
    detector: type,
    account,
    region,
    type,
    title: words,
    description: words,
    severity,
    technique,
    resource: { type: 'AccessKey', accessKey },
    counterpart: '',
    time,
    evidence: [evidence],
    ...(given.listed === true ? { additional: { threatListName: 'bad' } } : {}),
  };
}

/** What findings and stories are after all sightings. */
export function told(given: readonly Given[], stories = new Stories()) {
  const store = memoryStore();
  const findings = hub(store, derivedForm);
  for (const each of given.map(sighting)) {
    const { finding } = findings.take(each, each.time)!;
    for (const story of stories.see(each, finding)) {
      const as = findings.take(story.sighting, each.time)?.finding ?? story.as!;
      stories.told(story, as);
      for (const of of story.of) if (of.id !== as.id) findings.tell(of, as, each.time);
    }
  }
  const all = [...store.everything()];
  return { all, stories: all.filter(isStory), marked: all.filter(({ story }) => story !== undefined) };
}

function isStory({ type }: Finding): boolean {
  return type.startsWith('AttackSequence:');
}

// Of one user, at three stages of an intrusion.
export const recon = { type: 'Recon:IAMUser/MaliciousIPCaller', who: 'alice' };
export const stealth = { type: 'Stealth:IAMUser/PasswordPolicyChange', who: 'alice', minute: 5, severity: 2 };
export const persistence = { type: 'Persistence:IAMUser/AnomalousBehavior', who: 'alice', minute: 9, severity: 2 };
/** For how many minutes stages stay of one story. */
export const day = limits.windowMs / 60_000;
