import type { Json } from '../../../model/json.ts';
import { byPipeline } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { exceptOwn } from '../../except-own.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

// Whoever stops a log hides what comes next.

const flowLogId = 'requestParameters.DeleteFlowLogsRequest.FlowLogId.content';
const madeFlowLogId = 'responseElements.CreateFlowLogsResponse.flowLogIdSet.item';
const selectors = 'requestParameters.eventSelectors';
const advanced = 'requestParameters.advancedEventSelectors';
const textDelivered = 'requestParameters.loggingConfig.textDataDeliveryEnabled';
type Selectors = typeof selectors | typeof advanced | 'requestParameters.trailName';

export const loggingStopped: readonly Detector[] = [
  onCall({
    type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
    title: { en: 'A trail was stopped, changed or deleted', ja: '証跡が停止、変更、または削除されました' },
    advice: {
      en: 'Start the trail again, find out what was done while it was off, and revoke the sessions of the caller if nobody meant to.',
      ja: '証跡を再開し、停止中に行われた操作を調べてください。意図しない操作であれば呼び出し元のセッションを失効させます。',
    },
    falsePositives: {
      en: 'Trails are merged into an organisation trail, or infrastructure code updates one.',
      ja: '組織の証跡へ統合している場合や、インフラのコードが証跡を更新している場合。',
    },
    severity: (seen) => (seen.name === 'UpdateTrail' ? 2 : 5),
    technique: 'T1562.008',
    calls: `cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:UpdateTrail cloudtrail:DeleteEventDataStore
      cloudtrail:StopEventDataStoreIngestion cloudtrail:DeregisterOrganizationDelegatedAdmin`,
    target: ['requestParameters.name', 'requestParameters.eventDataStore'],
    fires: {
      'it is stopped': { request: { name: 'main' } },
      'it is deleted': { name: 'cloudtrail:DeleteTrail', request: { name: 'main' } },
      'it is changed': { name: 'cloudtrail:UpdateTrail', request: { name: 'main', isMultiRegionTrail: false } },
    },
    stays: { 'it is started': { name: 'cloudtrail:StartLogging', request: { name: 'main' } } },
  }),
  onCall<Selectors>({
    type: 'Custom:CloudTrail/EventSelectorsNarrowed',
    title: {
      en: 'A trail records fewer management events than before',
      ja: '証跡が記録する管理イベントが減らされました',
    },
    advice: {
      en: 'Put the selectors back to all management events, and look at what the caller did afterwards in other logs.',
      ja: 'すべての管理イベントを記録する設定に戻し、その後の呼び出し元の行動を別のログで確認してください。',
    },
    falsePositives: {
      en: 'A second trail is made for data events only.',
      ja: 'データイベント専用の証跡を別に用意している場合。',
    },
    severity: 8,
    technique: 'T1562.008',
    calls: 'cloudtrail:PutEventSelectors',
    target: ['requestParameters.trailName'],
    reads: [selectors, advanced],
    when: isNarrow,
    fires: {
      'only reads are recorded': { request: plainly({ readWriteType: 'ReadOnly', includeManagementEvents: true }) },
      'no management events are recorded': {
        request: plainly({ readWriteType: 'All', includeManagementEvents: false }),
      },
      'a source is left out': {
        request: plainly({
          readWriteType: 'All',
          includeManagementEvents: true,
          excludeManagementEventSources: ['kms.amazonaws.com'],
        }),
      },
      'advanced ones without management events': { request: advancedly('Data') },
    },
    stays: {
      'everything is recorded': { request: plainly({ readWriteType: 'All', includeManagementEvents: true }) },
      'advanced ones with management events': { request: advancedly('Management') },
    },
  }),
  exceptOwn(
    onCall({
      type: 'DefenseImpairment:EC2/DisableOrModifyTools',
      signal: 'VPCFlowLogsDeleted',
      title: { en: 'Flow logs of a network were deleted', ja: 'VPC フローログが削除されました' },
      advice: {
        en: 'Make the flow logs anew and ask who deleted them: traffic since then is unseen.',
        ja: 'フローログを再作成し、削除した人を確認してください。それ以降の通信は記録されていません。',
      },
      falsePositives: {
        en: 'A network is taken down with all that it has.',
        ja: 'ネットワーク全体を撤去している場合。',
      },
      severity: (seen) => (byPipeline(seen) ? 2 : 8),
      technique: 'T1562.008',
      calls: 'ec2:DeleteFlowLogs',
      target: [flowLogId],
      fires: { 'they are deleted': { request: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-1' } } } } },
      stays: { 'they are listed': { name: 'ec2:DescribeFlowLogs' } },
    }),
    {
      call: 'ec2:CreateFlowLogs',
      reads: [flowLogId, madeFlowLogId],
      made: (seen) => seen.text(madeFlowLogId),
      removed: (seen) => seen.text(flowLogId),
      example: [
        { response: { CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-1' } } } },
        {
          name: 'ec2:DeleteFlowLogs',
          request: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-1' } } },
        },
      ],
    },
  ),
  onCall({
    type: 'DefenseImpairment:Route53Resolver/DisableOrModifyTools',
    signal: 'DNSQueryLogsDeleted',
    title: { en: 'Logging of DNS queries was removed', ja: 'DNS クエリのログ記録が削除されました' },
    advice: {
      en: 'Make the query log configuration anew, and treat what the network looked up since then as unknown.',
      ja: 'クエリログの設定を再作成し、それ以降の名前解決は不明なものとして扱ってください。',
    },
    falsePositives: { en: 'A network is taken down with all that it has.', ja: 'ネットワーク全体を撤去している場合。' },
    severity: 5,
    technique: 'T1562.008',
    calls: 'route53resolver:DeleteResolverQueryLogConfig route53resolver:DisassociateResolverQueryLogConfig',
    target: ['requestParameters.resolverQueryLogConfigId'],
    fires: {
      'the configuration is deleted': { request: { resolverQueryLogConfigId: 'rqlc-1' } },
      'a network is taken out of it': {
        name: 'route53resolver:DisassociateResolverQueryLogConfig',
        request: { resolverQueryLogConfigId: 'rqlc-1', resourceId: 'vpc-1' },
      },
    },
    stays: {
      'a network is added': {
        name: 'route53resolver:AssociateResolverQueryLogConfig',
        request: { resolverQueryLogConfigId: 'rqlc-1' },
      },
    },
  }),
  onCall({
    type: 'Stealth:S3/ServerAccessLoggingDisabled',
    title: { en: 'Access logging of a bucket was switched off', ja: 'バケットのアクセスログが無効化されました' },
    advice: {
      en: 'Switch logging on again, and look in CloudTrail data events for who read the bucket meanwhile.',
      ja: 'ログ記録を再度有効にし、その間に誰がバケットを読み取ったか CloudTrail のデータイベントで確認してください。',
    },
    falsePositives: {
      en: 'Access logs are replaced by CloudTrail data events.',
      ja: 'アクセスログを CloudTrail のデータイベントに置き換えている場合。',
    },
    severity: 2,
    technique: 'T1562.008',
    calls: 's3:PutBucketLogging',
    target: ['requestParameters.bucketName'],
    reads: ['requestParameters.BucketLoggingStatus', 'requestParameters.BucketLoggingStatus.LoggingEnabled'],
    when: (seen) =>
      seen.has('requestParameters.BucketLoggingStatus') &&
      !seen.has('requestParameters.BucketLoggingStatus.LoggingEnabled'),
    fires: { 'an empty status is put': { request: { bucketName: 'letters', BucketLoggingStatus: {} } } },
    stays: {
      'logging is switched on': {
        request: { bucketName: 'letters', BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs' } } },
      },
    },
  }),
  onCall({
    type: 'Custom:RDSDatabase/ActivityStreamStopped',
    title: {
      en: 'A database no longer reports what is done in it',
      ja: 'データベースアクティビティストリームが停止されました',
    },
    advice: {
      en: 'Start the stream again, and ask who stopped it: queries since then are seen by nobody.',
      ja: 'ストリームを再開し、停止した人を確認してください。それ以降のクエリは記録されていません。',
    },
    falsePositives: { en: 'The database is retired.', ja: 'データベースを廃止している場合。' },
    severity: 5,
    technique: 'T1562.008',
    calls: 'rds:StopActivityStream',
    target: ['requestParameters.resourceArn'],
    fires: { 'it is stopped': { request: { resourceArn: 'arn:aws:rds:us-west-2:111122223333:cluster:c' } } },
    stays: { 'it is started': { name: 'rds:StartActivityStream' } },
  }),
  onCall({
    type: 'DefenseEvasion:IAMUser/BedrockLoggingDisabled',
    title: { en: 'Logging of model invocations was switched off', ja: 'モデル呼び出しのログ記録が無効化されました' },
    advice: {
      en: 'Put the logging configuration back, and watch who invokes models and at what cost.',
      ja: 'ログ設定を元に戻し、誰がどれだけのコストでモデルを呼び出しているか監視してください。',
    },
    falsePositives: {
      en: 'Bedrock is no longer used in this region.',
      ja: 'このリージョンで Bedrock の利用を終了した場合。',
    },
    severity: 5,
    technique: 'T1562.008',
    calls: 'bedrock:DeleteModelInvocationLoggingConfiguration bedrock:PutModelInvocationLoggingConfiguration',
    reads: ['requestParameters.loggingConfig', textDelivered],
    when: (seen) =>
      seen.name.startsWith('Delete') ||
      seen.flag(textDelivered) === false ||
      (seen.has('requestParameters.loggingConfig') && isNowhere(seen.json('requestParameters.loggingConfig'))),
    fires: {
      'the configuration is deleted': {},
      'texts are left out': {
        name: 'bedrock:PutModelInvocationLoggingConfiguration',
        request: { loggingConfig: { s3Config: { bucketName: 'b' }, textDataDeliveryEnabled: false } },
      },
    },
    stays: {
      'it is read': { name: 'bedrock:GetModelInvocationLoggingConfiguration' },
      'it is switched on': {
        name: 'bedrock:PutModelInvocationLoggingConfiguration',
        request: { loggingConfig: { s3Config: { bucketName: 'b' }, textDataDeliveryEnabled: true } },
      },
    },
  }),
];

/** Neither a bucket nor a log group receives anything. */
function isNowhere(config: Json | undefined): boolean {
  return objectsUnder(config, 's3Config').length === 0 && objectsUnder(config, 'cloudWatchConfig').length === 0;
}

function isNarrow(seen: Seen<Selectors>): boolean {
  if (seen.has(advanced)) {
    return !objectsUnder(seen.json(advanced), '').some((selector) => {
      const fields = objectsUnder(selector, 'fieldSelectors');
      return fields.length === 1 && textsUnder(selector, 'fieldSelectors.equals').includes('Management');
    });
  }
  return !objectsUnder(seen.json(selectors), '').some(
    ({ readWriteType = 'All', includeManagementEvents = true, excludeManagementEventSources = [] }) =>
      readWriteType === 'All' &&
      includeManagementEvents === true &&
      Array.isArray(excludeManagementEventSources) &&
      excludeManagementEventSources.length === 0,
  );
}

function plainly(selector: Readonly<Record<string, string | boolean | readonly string[]>>) {
  return { trailName: 'main', eventSelectors: [{ dataResources: [], ...selector }] };
}

function advancedly(category: string) {
  const fieldSelectors = [{ field: 'eventCategory', equals: [category] }];
  return { trailName: 'main', advancedEventSelectors: [{ name: 'all', fieldSelectors }] };
}
