import type { Words } from '../../../model/words.ts';
import { handParts, onItsOwn } from '../../callers.ts';
import type { Detector, Reading, Who } from '../../detector.ts';
import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey, accessKeyAndBucket } from '../../subjects.ts';

// Who calls is enough, whatever is called.

const assumedRoot = 'userIdentity.sessionContext.assumedRoot';
const rootAdvice: Words = {
  en: 'Root is needed for a few tasks only. If this was none of them, change its password, delete its keys and check its MFA.',
  ja: 'ルートが必要な作業はごくわずかです。該当しなければパスワードを変更し、キーを削除して MFA を確認してください。',
};
const rootUsed: Words = {
  en: 'One of the few tasks that only root can do.',
  ja: 'ルートにしかできない限られた作業を行っている場合。',
};

export const callersNoted: readonly Detector[] = [root(false), root(true), ...distributions(), attackTool()];

function root(shortTerm: boolean): Detector {
  return onActivity({
    type: `Policy:IAMUser/${shortTerm ? 'ShortTermRoot' : 'Root'}CredentialUsage`,
    title: shortTerm
      ? { en: 'Short-lived root credentials were used', ja: '一時的なルート認証情報が使用されました' }
      : { en: 'The root user was used', ja: 'ルートユーザーが使用されました' },
    advice: rootAdvice,
    falsePositives: rootUsed,
    severity: 2,
    technique: 'T1078.004',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    on: {
      kind: 'api-call',
      ...handParts,
      who: isRoot,
    },
    reads: [assumedRoot],
    when: (seen) => seen.text('eventType') !== 'AwsServiceEvent' && (seen.flag(assumedRoot) === true) === shortTerm,
    resource: accessKey,
    says: (seen) => ({
      en: `Root called ${seen.name} from ${seen.address?.text ?? ''}.`,
      ja: `ルートが ${seen.address?.text ?? ''} から ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'a call of root': [asRoot(shortTerm)],
        'refused, it counts too': [{ ...asRoot(shortTerm), errorCode: 'AccessDenied' }],
      },
      stays: {
        'the other kind of root': [asRoot(!shortTerm)],
        'a user': [call('s3:ListBuckets')],
        'a service for root': [{ ...asRoot(shortTerm), sourceIPAddress: 'cloudformation.amazonaws.com' }],
      },
    },
  });
}

function isRoot(who: Who): boolean {
  return who.text('userIdentity.type') === 'Root' && onItsOwn(who);
}

function asRoot(shortTerm: boolean) {
  const record = call('s3:ListBuckets', { by: 'root' });
  const sessionContext = { attributes: {}, ...(shortTerm ? { assumedRoot: 'true' } : {}) };
  return { ...record, userIdentity: { ...(record['userIdentity'] as object), sessionContext } };
}

/** Types whose verdict is a user agent: GuardDuty names these distributions in the types themselves. */
function distributions(): readonly Detector[] {
  return (['Kali', 'Parrot', 'Pentoo'] as const).flatMap((name) => [
    distribution(name, false),
    distribution(name, true),
  ]);
}

function distribution(name: 'Kali' | 'Parrot' | 'Pentoo', data: boolean): Detector {
  const operation = data ? 's3:GetObject' : 's3:ListBuckets';
  const more = { eventCategory: data ? 'Data' : 'Management', managementEvent: !data };
  const given = { request: { bucketName: 'letters' }, more };
  const agent = `aws-cli/2.15.0 Python/3.11 Linux/6.5.0-${name.toLowerCase()}3-amd64 exe/x86_64`;
  return onActivity({
    type: `PenTest:${data ? 'S3' : 'IAMUser'}/${name}Linux`,
    title: { en: `A call came from ${name} Linux`, ja: `${name} Linux からの呼び出しがありました` },
    advice: {
      en: 'If no penetration test is running, treat the credentials as stolen: revoke their sessions and rotate the key.',
      ja: '侵入テスト中でなければ認証情報が盗まれたものとして扱い、セッションを失効させてキーをローテーションしてください。',
    },
    falsePositives: { en: 'A penetration test that you ordered.', ja: '依頼済みの侵入テストの場合。' },
    severity: 5,
    technique: 'T1078.004',
    logs: [data ? 'cloudtrail-s3-data' : 'cloudtrail-management'],
    on: { kind: 'api-call', ...handParts, agent: (agent) => isNamed(agent, name) },
    reads: ['requestParameters.bucketName'],
    when: (seen) => isS3Data(seen) === data,
    resource: data ? accessKeyAndBucket('requestParameters.bucketName') : accessKey,
    says: (seen) => ({
      en: `${seen.principal} called ${seen.name} from a machine with ${name} Linux.`,
      ja: `${seen.principal} が ${name} Linux のマシンから ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: { 'its kernel is in the user agent': [call(operation, { agent, ...given })] },
      stays: {
        'another system': [call(operation, given)],
        'the other kind of call': [
          call(operation, {
            ...given,
            agent,
            more: { eventCategory: data ? 'Management' : 'Data', managementEvent: data },
          }),
        ],
        'a name within a word': [call(operation, { ...given, agent: `mykalibration/1.0 ${name.toLowerCase()}ware` })],
      },
    },
  });
}

/** Tools that look for what stolen credentials can do, or whether they still work, and say their own names. */
const attackTools = /\b(?:trufflehog|cloudfox|pacu|scoutsuite|weirdaal|enumerate-iam|s3scanner|nimbostratus)\b/i;

function attackTool(): Detector {
  const agent = 'CloudFox/1.14';
  return onActivity({
    type: 'Custom:IAMUser/AttackToolCalled',
    title: { en: 'A tool for attacks called an API', ja: '攻撃用ツールから API が呼び出されました' },
    advice: {
      en: 'If no test of yours runs, somebody has found these credentials: revoke their sessions, rotate the key, and find where it lay.',
      ja: '自社のテストでなければ認証情報が他人の手に渡っています。セッションを失効させ、キーをローテーションし、流出元を調べてください。',
    },
    falsePositives: {
      en: 'Your own security team tests with it.',
      ja: '社内のセキュリティチームがテストに使っている場合。',
    },
    severity: 8,
    technique: 'T1078.004',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    on: { kind: 'api-call', ...handParts, agent: (agent) => attackTools.test(agent) },
    reads: [],
    when: () => true,
    resource: accessKey,
    says: (seen) => ({
      en: `${seen.principal} called ${seen.name} with ${seen.text('userAgent') ?? ''}.`,
      ja: `${seen.principal} が ${seen.text('userAgent') ?? ''} で ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'it says its name': [call('sts:GetCallerIdentity', { agent })],
        'refused, it counts too': [call('iam:ListUsers', { agent, error: 'AccessDenied' })],
      },
      stays: {
        'another tool': [call('sts:GetCallerIdentity')],
        'a name within a word': [call('sts:GetCallerIdentity', { agent: 'pacuaria/2.0' })],
        'a service with that name': [call('sts:GetCallerIdentity', { agent, from: 'events.amazonaws.com' })],
      },
    },
  });
}

function isNamed(agent: string, name: string): boolean {
  const maybe = agent.includes(name) || agent.includes(name.toLowerCase());
  return maybe && new RegExp(`\\b${name}(?:\\d|\\b)`, 'i').test(agent);
}

function isS3Data(seen: Reading<never>): boolean {
  return seen.source === 's3.amazonaws.com' && seen.text('eventCategory') === 'Data';
}
