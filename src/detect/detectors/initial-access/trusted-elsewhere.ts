import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, callerAddress, isIp, isPortalRole, isPublicIp, sessionOf } from '../../callers.ts';
import type { Detector, Who } from '../../detector.ts';
import { call, example, times } from '../../examples.ts';
import { type Family, familyOf } from '../../families.ts';
import { onElsewhere } from '../../on-elsewhere.ts';
import { onThreshold } from '../../on-threshold.ts';
import { networkOf } from '../../on-unusual.ts';
import { accessKey } from '../../subjects.ts';

// What a pipeline does is its work, and detectors tell of it quietly or not at all. That holds where the pipeline is:
// these tell of it elsewhere.

/** Somebody at a keyboard changes much by hand, and travels: what leaves no trace, a way back, or data outside. */
const graveByHand: ReadonlySet<string> = new Set(
  `cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:PutEventSelectors cloudtrail:DeleteEventDataStore
  ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig config:StopConfigurationRecorder
  config:DeleteConfigurationRecorder guardduty:DeleteDetector securityhub:DisableSecurityHub macie2:DisableMacie
  organizations:LeaveOrganization organizations:DisablePolicyType organizations:DetachPolicy
  s3:PutAccountPublicAccessBlock s3:DeleteAccountPublicAccessBlock
  iam:CreateUser iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile iam:CreateSAMLProvider
  iam:CreateOpenIDConnectProvider iam:UpdateAssumeRolePolicy rolesanywhere:CreateTrustAnchor
  ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute
  rds:ModifyDBClusterSnapshotAttribute s3:PutBucketReplication`.split(/\s+/),
);

const advice: Words = {
  en: 'Revoke the sessions of the role, and look at the runs of the pipeline: if none was under way, its credentials or its token left it. Undo what was done.',
  ja: 'ロールのセッションを失効させ、パイプラインの実行履歴を確認してください。該当する実行がなければ認証情報かトークンが流出しています。行われた変更は元に戻してください。',
};

/** Deeds that end in harm, whoever does them. */
const grave: ReadonlySet<Family> = new Set([
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'Exfiltration',
  'Impact',
]);
/** Those that a pipeline which builds in another region has no need of. */
const graveInRegion: ReadonlySet<Family> = new Set(['DefenseEvasion', 'Exfiltration']);

const dayS = 86_400;
const dayMs = dayS * 1_000;
const learnMs = 3 * dayMs;
const windowMs = 90 * dayMs;
const deploys = (at: number, more: object = {}) => call('ecs:UpdateService', { at, by: 'pipeline:Deploy', ...more });
const atWork = times(5, (_, at) => deploys(at), dayS);
const later = 5 * dayS;
const away = { by: 'pipeline:Deploy', from: example.listed } as const;
const abroad = { by: 'pipeline:Deploy', region: 'ap-south-1' } as const;

export const trustedElsewhere: readonly Detector[] = [
  onElsewhere({
    type: 'Custom:IAMUser/PipelineElsewhere',
    title: {
      en: 'A pipeline changes something grave from a network where it never ran',
      ja: 'パイプラインがこれまでと異なるネットワークから重大な変更を行いました',
    },
    advice,
    falsePositives: {
      en: 'The build system moved its runners, or somebody runs the pipeline by hand.',
      ja: 'ビルドシステムのランナーを移設した場合や、パイプラインを手動で実行した場合。',
    },
    severity: 8,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    on: { kind: 'api-call', who: byPipeline, from: isPublicIp, refused: false },
    reads: [],
    when: () => true,
    key: (seen) => seen.principal,
    place: (seen, world) => networkOf(seen, world).trim(),
    isGrave: (seen) => grave.has(familyOfCall(callOf(seen.source, seen.name))),
    learnMs,
    windowMs,
    resource: accessKey,
    counterpart: (seen) => callerAddress(seen) ?? '',
    says: (seen, network) => ({
      en: `${seen.principal}, a pipeline, called ${seen.name} from ${seen.address?.text ?? ''}, a network where it never ran before (${network}).`,
      ja: `パイプライン ${seen.principal} が ${seen.address?.text ?? ''} から ${seen.name} を呼び出しました。このネットワーク（${network}）での実行は初めてです。`,
    }),
    examples: {
      fires: {
        'flow logs are deleted': [...atWork, call('ec2:DeleteFlowLogs', { ...away, at: later })],
        'a key is made': [...atWork, call('iam:CreateAccessKey', { ...away, at: later, request: { userName: 'bob' } })],
        'after a look around from there': [
          ...atWork,
          call('iam:ListUsers', { ...away, at: later }),
          call('cloudtrail:StopLogging', { ...away, at: later + 7_200 }),
        ],
      },
      stays: {
        'where it always runs': [...atWork, call('ec2:DeleteFlowLogs', { by: 'pipeline:Deploy', at: later })],
        'it only looks': [...atWork, call('iam:ListUsers', { ...away, at: later })],
        'it is refused': [...atWork, call('ec2:DeleteFlowLogs', { ...away, at: later, error: 'AccessDenied' })],
        'it moved there days ago': [
          ...atWork,
          call('iam:ListUsers', { ...away, at: later }),
          call('ec2:DeleteFlowLogs', { ...away, at: later + 2 * dayS }),
        ],
        'it is hardly known': [deploys(0), call('ec2:DeleteFlowLogs', { ...away, at: 3_600 })],
        'somebody else': [...atWork, call('ec2:DeleteFlowLogs', { from: example.listed, at: later })],
      },
    },
  }),
  onElsewhere({
    type: 'Custom:IAMUser/PipelineInNewRegion',
    title: {
      en: 'A pipeline takes defences away in a region where it never ran',
      ja: 'パイプラインが初めてのリージョンで防御機能の停止や外部共有を行いました',
    },
    advice,
    falsePositives: {
      en: 'An environment is taken down in a region that another pipeline built.',
      ja: '別のパイプラインが構築した環境を撤去している場合。',
    },
    severity: 8,
    technique: 'T1535',
    logs: ['cloudtrail-management'],
    on: { kind: 'api-call', who: byPipeline, from: isIp, refused: false },
    reads: [],
    when: () => true,
    key: (seen) => seen.principal,
    place: (seen) => seen.region,
    isGrave: (seen) => graveInRegion.has(familyOfCall(callOf(seen.source, seen.name))),
    learnMs,
    windowMs,
    resource: accessKey,
    counterpart: (seen) => seen.region,
    says: (seen, region) => ({
      en: `${seen.principal}, a pipeline, called ${seen.name} in ${region}, where it did nothing before.`,
      ja: `パイプライン ${seen.principal} が、これまで操作のなかった ${region} で ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'flow logs are deleted': [...atWork, call('ec2:DeleteFlowLogs', { ...abroad, at: later })],
        'a snapshot is given away': [...atWork, call('ec2:ModifySnapshotAttribute', { ...abroad, at: later })],
      },
      stays: {
        'where it always runs': [...atWork, call('ec2:DeleteFlowLogs', { by: 'pipeline:Deploy', at: later })],
        'it builds there': [...atWork, call('lambda:CreateFunction', { ...abroad, at: later })],
        'it has built there for days': [
          ...atWork,
          deploys(later, abroad),
          call('ec2:DeleteFlowLogs', { ...abroad, at: later + 2 * dayS }),
        ],
        'somebody else': [...atWork, call('ec2:DeleteFlowLogs', { region: 'ap-south-1', at: later })],
      },
    },
  }),
  onElsewhere({
    type: 'Custom:IAMUser/ColleagueElsewhere',
    title: {
      en: 'Somebody of the sign-in portal changes something grave from a network where they never were',
      ja: 'サインインポータルのユーザーが、これまでと異なるネットワークから重大な変更を行いました',
    },
    advice: {
      en: 'Ask them. If it was not them, end their sessions in the portal and look at how they signed in: a proxied sign-in gives the session away with its second factor.',
      ja: '本人に確認し、本人でなければポータルのセッションを終了させ、サインインの経緯を調べてください。中継型のフィッシングでは、多要素認証済みのセッションごと盗まれます。',
    },
    falsePositives: { en: 'An administrator works while travelling.', ja: '管理者が出張先で作業した場合。' },
    severity: 5,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    on: { kind: 'api-call', who: isColleague, from: isPublicIp, refused: false },
    reads: [],
    when: () => true,
    key: sessionOf,
    place: (seen, world) => networkOf(seen, world).trim(),
    isGrave: (seen) => graveByHand.has(callOf(seen.source, seen.name)),
    learnMs,
    windowMs,
    resource: accessKey,
    counterpart: (seen) => callerAddress(seen) ?? '',
    says: (seen, network) => ({
      en: `${seen.text('userIdentity.principalId') ?? seen.principal} called ${seen.name} from ${seen.address?.text ?? ''}, a network where they never were before (${network}).`,
      ja: `${seen.text('userIdentity.principalId') ?? seen.principal} が ${seen.address?.text ?? ''} から ${seen.name} を呼び出しました。このネットワーク（${network}）からの操作は初めてです。`,
    }),
    examples: {
      fires: {
        'flow logs are deleted': [...daysAtDesk(), atDesk('ec2:DeleteFlowLogs', later, example.listed)],
        'a key is made for another': [...daysAtDesk(), atDesk('iam:CreateAccessKey', later, example.listed)],
      },
      stays: {
        'at their desk': [...daysAtDesk(), atDesk('ec2:DeleteFlowLogs', later)],
        'it is ordinary work': [...daysAtDesk(), atDesk('ec2:StopInstances', later, example.listed)],
        'they are hardly known': [atDesk('ec2:StopInstances', 0), atDesk('ec2:DeleteFlowLogs', 60, example.listed)],
        'they have been there for days': [
          ...daysAtDesk(),
          atDesk('ec2:StopInstances', later, example.listed),
          atDesk('ec2:DeleteFlowLogs', later + 2 * dayS, example.listed),
        ],
      },
    },
  }),
  onThreshold({
    type: 'Custom:IAMUser/PipelineSessionFromTwoNetworks',
    title: {
      en: 'One session of a pipeline was used from two networks',
      ja: 'パイプラインの 1 つのセッションが 2 つのネットワークから使用されました',
    },
    advice,
    falsePositives: {
      en: 'A runner leaves through gateways of several providers.',
      ja: 'ランナーが複数の事業者のゲートウェイを経由している場合。',
    },
    severity: 8,
    technique: 'T1550.001',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    on: { kind: 'api-call', who: byPipeline, from: isPublicIp },
    reads: [],
    when: (seen) => (seen.text('userIdentity.accessKeyId') ?? '') !== '',
    key: (seen) => seen.text('userIdentity.accessKeyId') ?? '',
    distinct: (seen, world) => networkOf(seen, world).trim() || undefined,
    count: 2,
    windowMs: 2 * 3_600_000,
    resource: accessKey,
    says: (seen) => ({
      en: `The session ${seen.text('userIdentity.accessKeyId') ?? ''} of ${seen.principal}, a pipeline, was used from ${seen.address?.text ?? ''} and within two hours from another network: a run stays where it began.`,
      ja: `パイプライン ${seen.principal} のセッション ${seen.text('userIdentity.accessKeyId') ?? ''} が、2 時間のうちに ${seen.address?.text ?? ''} と別のネットワークから使用されました。通常、1 回の実行は同じ場所で行われます。`,
    }),
    examples: {
      fires: { 'from home, then from elsewhere': [deploys(0), deploys(600, { from: example.listed })] },
      stays: {
        'from two addresses of one network': [deploys(0), deploys(600, { from: '192.0.2.77' })],
        'hours later': [deploys(0), deploys(3 * 3_600, { from: example.listed })],
        'in another run': [deploys(0), otherRun(600)],
        'a person': [call('ecs:UpdateService'), call('ecs:UpdateService', { at: 600, from: example.listed })],
      },
    },
  }),
];

function isColleague({ principal }: Who): boolean {
  return isPortalRole(principal);
}

function atDesk(name: string, at: number, from: string = example.home): JsonObject {
  const record = call(name, { at, by: 'role:Admin/alice', from });
  const identity = record['userIdentity'] as JsonObject;
  const arn = `arn:aws:iam::${example.account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
  return { ...record, userIdentity: { ...identity, sessionContext: { sessionIssuer: { type: 'Role', arn } } } };
}

function daysAtDesk() {
  return times(5, (_, at) => atDesk('ec2:StopInstances', at), dayS);
}

/** `ec2:DeleteFlowLogs`, without the version date that Lambda's and CloudFront's calls have. */
function callOf(source: string, name: string): string {
  return `${source.replace('.amazonaws.com', '')}:${name.replace(/20\d{6}(v\d+|_v\d+)?$/, '')}`;
}

function familyOfCall(named: string): Family {
  const [service = '', name = ''] = named.split(':');
  return familyOf(service, name);
}

/** The same role in another run. */
function otherRun(at: number): JsonObject {
  const record = deploys(at, { from: example.listed });
  return { ...record, userIdentity: { ...(record['userIdentity'] as JsonObject), accessKeyId: 'ASIAANOTHERRUNXX' } };
}
