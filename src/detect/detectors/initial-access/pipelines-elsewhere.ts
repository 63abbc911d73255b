import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, callerAddress, isIp, isPublicIp, networkOf } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { type CallExample, call, example, times } from '../../examples.ts';
import { callOf, type Family, familyOf } from '../../families.ts';
import { onElsewhere } from '../../on-elsewhere.ts';
import { onThreshold } from '../../on-threshold.ts';
import { sharePaths, staysWithin } from '../../shares.ts';
import { accessKey } from '../../subjects.ts';
import type { World } from '../../world.ts';

// What a pipeline does is its work, and detectors tell of it quietly or not at all. That holds where the pipeline is:
// these tell of it elsewhere.

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
/**
 * What a pipeline that builds something new has no need of. Much of what can evade defences also sets them up: who makes
 * a bucket says what of it is public, and who makes a log says how long it is kept.
 */
const takingAway: ReadonlySet<string> = new Set(
  `cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:DeleteEventDataStore cloudtrail:StopEventDataStoreIngestion
  ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig route53resolver:DisassociateResolverQueryLogConfig
  route53resolver:DeleteFirewallRuleGroup network-firewall:DeleteFirewall guardduty:DeleteDetector
  guardduty:StopMonitoringMembers guardduty:DisassociateMembers securityhub:DisableSecurityHub
  securityhub:BatchDisableStandards config:StopConfigurationRecorder config:DeleteConfigurationRecorder
  config:DeleteDeliveryChannel config:DeleteConfigRule macie2:DisableMacie inspector2:Disable
  access-analyzer:DeleteAnalyzer organizations:LeaveOrganization organizations:DisablePolicyType
  organizations:DetachPolicy organizations:DeletePolicy iam:DeleteAccountPasswordPolicy iam:DeactivateMFADevice
  s3:DeletePublicAccessBlock s3:DeleteBucketPublicAccessBlock s3:DeleteAccountPublicAccessBlock
  bedrock:DeleteModelInvocationLoggingConfiguration ec2:DisableEbsEncryptionByDefault
  ec2:DisableSnapshotBlockPublicAccess ec2:DisableImageBlockPublicAccess logs:DeleteSubscriptionFilter
  wafv2:DeleteLoggingConfiguration
  ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute
  rds:ModifyDBClusterSnapshotAttribute redshift:AuthorizeSnapshotAccess rds:StartExportTask
  dynamodb:ExportTableToPointInTime ec2:CreateInstanceExportTask ec2:CreateTrafficMirrorSession`.split(/\s+/),
);

function takesAway(seen: Seen<(typeof sharePaths)[number]>, world: World): boolean {
  const name = callOf(seen).join(':');
  return takingAway.has(name) && !staysWithin(name, seen, world);
}

const dayS = 86_400;
const learnMs = 3 * dayS * 1_000;
const deploys = (at: number, more: object = {}) => call('ecs:UpdateService', { at, by: 'pipeline:Deploy', ...more });
const atWork = times(5, (_, at) => deploys(at), dayS);
const later = 5 * dayS;
const away = { by: 'pipeline:Deploy', from: example.listed } as const;
const abroad = { by: 'pipeline:Deploy', region: 'ap-south-1' } as const;

export const pipelinesElsewhere: readonly Detector[] = [
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
    key: (seen) => seen.principal,
    place: networkOf,
    isGrave: (seen) => grave.has(familyOf(seen)),
    learnMs,
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
    reads: sharePaths,
    key: (seen) => seen.principal,
    place: (seen) => seen.region,
    isGrave: takesAway,
    learnMs,
    resource: accessKey,
    counterpart: (seen) => seen.region,
    says: (seen, region) => ({
      en: `${seen.principal}, a pipeline, called ${seen.name} in ${region}, where it did nothing before.`,
      ja: `パイプライン ${seen.principal} が、これまで操作のなかった ${region} で ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'flow logs are deleted': [...atWork, call('ec2:DeleteFlowLogs', { ...abroad, at: later })],
        'a snapshot is given away': [...atWork, gives(example.otherAccount, { ...abroad, at: later })],
      },
      stays: {
        'where it always runs': [...atWork, call('ec2:DeleteFlowLogs', { by: 'pipeline:Deploy', at: later })],
        'it builds there': [...atWork, call('lambda:CreateFunction', { ...abroad, at: later })],
        'it makes a bucket that is not public': [
          ...atWork,
          call('s3:PutBucketPublicAccessBlock', { ...abroad, at: later }),
        ],
        'an image for the company is copied there': [...atWork, gives(example.sisterAccount, { ...abroad, at: later })],
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
    type: 'Custom:IAMUser/UnknownPipeline',
    title: {
      en: 'A pipeline that was never there before takes defences away',
      ja: 'これまで存在しなかったパイプラインが防御機能の停止や外部共有を行いました',
    },
    advice: {
      en: 'Ask whose repository may take this role, and narrow the subject in its trust policy: any workflow that the provider vouches for comes in by a wide one.',
      ja: 'このロールを引き受けられるリポジトリを確認し、信頼ポリシーの subject 条件を絞ってください。条件が広いと、同じプロバイダーのどのワークフローでも引き受けられます。',
    },
    falsePositives: {
      en: 'A new pipeline begins by clearing up what was there before it.',
      ja: '新しいパイプラインが、既存のものの整理から始める場合。',
    },
    severity: 5,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    on: { kind: 'api-call', who: byPipeline, from: isPublicIp, refused: false },
    reads: sharePaths,
    key: (seen) => seen.account,
    place: (seen) => seen.principal,
    isGrave: takesAway,
    learnMs: 2 * learnMs,
    resource: accessKey,
    says: (seen, principal) => ({
      en: `${principal}, a pipeline that was never seen in this account before today, called ${seen.name}.`,
      ja: `このアカウントで今日初めて現れたパイプライン ${principal} が ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'flow logs are deleted': [...aWeek(), call('ec2:DeleteFlowLogs', { by: 'pipeline:Other', at: 7 * dayS })],
        'a snapshot is given to everybody': [...aWeek(), gives('all', { by: 'pipeline:Other', at: 7 * dayS })],
      },
      stays: {
        'one that is known': [...aWeek(), call('ec2:DeleteFlowLogs', { by: 'pipeline:Deploy', at: 7 * dayS })],
        'it builds': [...aWeek(), call('lambda:CreateFunction', { by: 'pipeline:Other', at: 7 * dayS })],
        'it says how long its log is kept': [
          ...aWeek(),
          call('logs:PutRetentionPolicy', { by: 'pipeline:Other', at: 7 * dayS }),
        ],
        'it gives a snapshot to another one of these accounts': [
          ...aWeek(),
          gives(example.sisterAccount, { by: 'pipeline:Other', at: 7 * dayS }),
        ],
        'in logs that have just begun': [deploys(0), call('ec2:DeleteFlowLogs', { by: 'pipeline:Other', at: dayS })],
        'in another account': [
          ...aWeek(),
          call('ec2:DeleteFlowLogs', { by: 'pipeline:Other', at: 7 * dayS, account: example.otherAccount }),
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
    distinct: (seen, world) => networkOf(seen, world) || undefined,
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

function gives(to: string, given: CallExample): JsonObject {
  const item = to === 'all' ? { group: to } : { userId: to };
  const request = { snapshotId: 'snap-1', createVolumePermission: { add: { items: [item] } } };
  return call('ec2:ModifySnapshotAttribute', { ...given, request });
}

function aWeek() {
  return times(7, (_, at) => deploys(at), dayS);
}

/** The same role in another run. */
function otherRun(at: number): JsonObject {
  const record = deploys(at, { from: example.listed });
  return { ...record, userIdentity: { ...(record['userIdentity'] as JsonObject), accessKeyId: 'ASIAANOTHERRUNXX' } };
}
