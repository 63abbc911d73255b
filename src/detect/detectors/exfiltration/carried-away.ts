import { accountInArn } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { isForeign, lowAtWork, lowByPipeline } from '../../callers.ts';
import type { Detector, Reading } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onCall } from '../../on-call.ts';
import { textsUnder } from '../../policies.ts';
import type { World } from '../../world.ts';
import { snapshotCopied } from './snapshot-copied.ts';

// Data leaves by a door that a service offers.

const advice: Words = {
  en: 'Ask whose account or bucket it is. If nobody knows, take it back at once: what was copied cannot be.',
  ja: '相手のアカウントやバケットを確認し、不明であればただちに取り消してください。コピーされたものは取り戻せません。',
};
const meant: Words = {
  en: 'Data is handed to another account of yours or to a partner.',
  ja: '自社の別アカウントや取引先へ意図してデータを渡している場合。',
};
const owner = 'requestParameters.s3BucketOwner';
const grantee = 'requestParameters.granteePrincipal';
const principals = 'requestParameters.principals';
const external = 'requestParameters.allowExternalPrincipals';
const restorer = 'requestParameters.accountWithRestoreAccess';
const consumer = 'requestParameters.consumerIdentifier';
const accounts = ['requestParameters.accountIdsToAdd', 'requestParameters.AccountIdsToAdd'] as const;
const peer = 'requestParameters.peerOwnerId';
const mirror = 'requestParameters.CreateTrafficMirrorSessionRequest';
const store = 'requestParameters.CreateStoreImageTaskRequest.ImageId';
const exportImage = 'requestParameters.ExportImageRequest.ImageId';
const vault = 'requestParameters.destinationBackupVaultArn';
const targets = 'requestParameters.targets';
const destination = 'requestParameters.destinationArn';

export const carriedAway: readonly Detector[] = [
  onCall({
    type: 'Custom:DynamoDBTable/Exported',
    title: { en: 'A table is exported to a bucket', ja: 'テーブルが S3 へエクスポートされました' },
    advice,
    falsePositives: { en: 'Data is exported for analysis.', ja: '分析のためにデータを出力している場合。' },
    severity: lowAtWork(5),
    technique: 'T1537',
    calls: 'dynamodb:ExportTableToPointInTime',
    target: ['requestParameters.tableArn'],
    reads: [owner],
    fires: { 'an export begins': { request: { tableArn: 't', s3Bucket: 'b', s3BucketOwner: '444455556666' } } },
    stays: { 'exports are listed': { name: 'dynamodb:ListExports' } },
  }),
  onCall({
    type: 'Custom:EC2Instance/ImageExported',
    title: {
      en: 'An instance or image is exported to a bucket',
      ja: 'インスタンスまたは AMI が S3 へエクスポートされました',
    },
    advice,
    falsePositives: { en: 'Servers move out of the cloud.', ja: 'サーバーをクラウドの外へ移している場合。' },
    severity: lowByPipeline(5),
    technique: 'T1537',
    calls: 'ec2:CreateInstanceExportTask ec2:ExportImage ec2:CreateStoreImageTask lightsail:ExportSnapshot',
    target: ['requestParameters.instanceId', exportImage, store, 'requestParameters.sourceSnapshotName'],
    fires: {
      'an instance': { request: { instanceId: 'i-1', exportToS3: { s3Bucket: 'b' } } },
      'an image': { name: 'ec2:ExportImage', request: { ExportImageRequest: { ImageId: 'ami-1' } } },
    },
    stays: { 'exports are listed': { name: 'ec2:DescribeExportTasks' } },
  }),
  snapshotCopied,
  onCall({
    type: 'Custom:EC2Network/TrafficMirrored',
    title: {
      en: 'The traffic of an interface is copied elsewhere',
      ja: 'ネットワークトラフィックがミラーリングされています',
    },
    advice: {
      en: 'Ask who reads the copy. If nobody knows, delete the session: what passes unencrypted is in it.',
      ja: '複製を受け取る人を確認し、不明であればセッションを削除してください。暗号化されていない通信はすべて読まれます。',
    },
    falsePositives: { en: 'A network sensor of yours listens.', ja: '自社のネットワークセンサーで監視している場合。' },
    severity: lowByPipeline(5),
    technique: 'T1040',
    calls: 'ec2:CreateTrafficMirrorSession ec2:CreateTrafficMirrorTarget ec2:CreateTrafficMirrorFilter',
    target: [`${mirror}.NetworkInterfaceId`],
    fires: {
      'a session begins': { request: { CreateTrafficMirrorSessionRequest: { NetworkInterfaceId: 'eni-1' } } },
      'it is prepared': { name: 'ec2:CreateTrafficMirrorTarget' },
    },
    stays: { 'they are listed': { name: 'ec2:DescribeTrafficMirrorSessions' } },
  }),
  onCall({
    type: 'Custom:EC2Network/PeeredOutside',
    title: {
      en: 'A network is to be joined with one of another account',
      ja: '別アカウントの VPC とのピアリングが要求されました',
    },
    advice,
    falsePositives: meant,
    severity: 5,
    technique: 'T1048',
    calls: 'ec2:CreateVpcPeeringConnection',
    target: ['requestParameters.vpcId'],
    reads: [peer],
    when: (seen, world) => seen.has(peer) && isForeign(seen.text(peer) ?? '', seen, world),
    fires: { 'of another account': { request: { vpcId: 'vpc-1', peerVpcId: 'vpc-2', peerOwnerId: '444455556666' } } },
    stays: {
      'of the own account': { request: { vpcId: 'vpc-1', peerVpcId: 'vpc-2', peerOwnerId: '111122223333' } },
      'of another one of these accounts': {
        request: { vpcId: 'vpc-1', peerVpcId: 'vpc-2', peerOwnerId: example.sisterAccount },
      },
    },
  }),
  onCall({
    type: 'Custom:KMSKey/GrantedOutside',
    title: { en: 'Another account may use an encryption key', ja: '暗号鍵の使用が外部のアカウントに許可されました' },
    advice,
    falsePositives: meant,
    severity: 5,
    technique: 'T1098',
    calls: 'kms:CreateGrant',
    target: ['requestParameters.keyId'],
    reads: [grantee],
    when: (seen, world) => isOfForeign(seen.text(grantee), seen, world),
    fires: { 'to another account': { request: { keyId: 'k', granteePrincipal: 'arn:aws:iam::444455556666:root' } } },
    stays: {
      'to the own account': { request: { keyId: 'k', granteePrincipal: 'arn:aws:iam::111122223333:role/R' } },
      'to a service': { request: { keyId: 'k', granteePrincipal: 'rds.us-west-2.amazonaws.com' } },
    },
  }),
  onCall({
    type: 'Custom:RAM/SharedOutside',
    title: { en: 'Resources are shared with somebody outside', ja: 'リソースが外部のアカウントに共有されました' },
    advice,
    falsePositives: meant,
    severity: 5,
    technique: 'T1537',
    calls: 'ram:CreateResourceShare ram:AssociateResourceShare ram:UpdateResourceShare',
    target: ['requestParameters.name', 'requestParameters.resourceShareArn'],
    reads: [principals, external],
    when: (seen, world) =>
      seen.name === 'UpdateResourceShare'
        ? seen.flag(external) === true
        : seen
            .list(principals)
            .some((who) => isForeign(/^\d{12}$/.test(who) ? who : (accountOfMember(who) ?? seen.account), seen, world)),
    fires: {
      'with another account': { request: { name: 's', principals: ['444455556666'] } },
      'outsiders are allowed': {
        name: 'ram:UpdateResourceShare',
        request: { resourceShareArn: 'r', allowExternalPrincipals: true },
      },
    },
    stays: {
      'with another one of these accounts': { request: { name: 's', principals: [example.sisterAccount] } },
      'with the organisation': {
        request: { name: 's', principals: ['arn:aws:organizations::222233334444:organization/o-example'] },
      },
    },
  }),
  onCall({
    type: 'Custom:RedshiftSnapshot/SharedOutside',
    title: {
      en: 'A data warehouse was shared with another account',
      ja: 'Redshift のデータが別アカウントに共有されました',
    },
    advice,
    falsePositives: meant,
    severity: 8,
    technique: 'T1537',
    calls: 'redshift:AuthorizeSnapshotAccess redshift:AuthorizeDataShare',
    target: ['requestParameters.snapshotIdentifier', 'requestParameters.dataShareArn'],
    reads: [restorer, consumer],
    when: (seen, world) => {
      const account = seen.text(restorer) ?? seen.text(consumer) ?? '';
      return /^\d{12}$/.test(account) && isForeign(account, seen, world);
    },
    fires: { 'its snapshot': { request: { snapshotIdentifier: 's', accountWithRestoreAccess: '444455556666' } } },
    stays: {
      'with another one of these accounts': {
        request: { snapshotIdentifier: 's', accountWithRestoreAccess: example.sisterAccount },
      },
    },
  }),
  onCall({
    type: 'Custom:SSMDocument/SharedOutside',
    title: {
      en: 'A Systems Manager document was shared outside',
      ja: 'Systems Manager ドキュメントが外部に共有または公開されました',
    },
    advice: {
      en: 'Take the share back, and look in the document for names and passwords.',
      ja: '共有を取り消し、ドキュメントに名前やパスワードが含まれていないか確認してください。',
    },
    falsePositives: meant,
    severity: (seen) => (accounts.some((path) => seen.list(path).some((who) => /^all$/i.test(who))) ? 8 : 5),
    technique: 'T1537',
    calls: 'ssm:ModifyDocumentPermission',
    target: ['requestParameters.name'],
    reads: accounts,
    when: (seen, world) =>
      accounts.some((path) => seen.list(path).some((who) => /^all$/i.test(who) || isForeign(who, seen, world))),
    fires: {
      'with everybody': { request: { name: 'd', permissionType: 'Share', accountIdsToAdd: ['All'] } },
      'with another account': { request: { name: 'd', permissionType: 'Share', accountIdsToAdd: ['444455556666'] } },
    },
    stays: {
      'with another one of these accounts': {
        request: { name: 'd', permissionType: 'Share', accountIdsToAdd: [example.sisterAccount] },
      },
    },
  }),
  onCall({
    type: 'Custom:Backup/CopiedOutside',
    title: { en: 'A backup is copied to another account', ja: 'バックアップが別アカウントへコピーされています' },
    advice,
    falsePositives: {
      en: 'Backups go to an account of their own.',
      ja: 'バックアップ専用アカウントへ複製している場合。',
    },
    severity: 5,
    technique: 'T1537',
    calls: 'backup:StartCopyJob',
    target: ['requestParameters.recoveryPointArn'],
    reads: [vault],
    when: (seen, world) => isOfForeign(seen.text(vault), seen, world),
    fires: { 'to another account': { request: copying(example.otherAccount) } },
    stays: {
      'to the own account': { request: copying(example.account) },
      'to another one of these accounts': { request: copying(example.sisterAccount) },
    },
  }),
  onCall({
    type: 'Custom:EventBridgeRule/TargetOutside',
    title: { en: 'Events are sent to another account', ja: 'イベントが別アカウントへ送信されています' },
    advice,
    falsePositives: {
      en: 'Events of all accounts are gathered in one.',
      ja: '全アカウントのイベントを集約している場合。',
    },
    severity: lowByPipeline(5),
    technique: 'T1537',
    calls: 'events:PutTargets',
    target: ['requestParameters.rule'],
    reads: [targets],
    when: (seen, world) => textsUnder(seen.json(targets), 'arn').some((arn) => isOfForeign(arn, seen, world)),
    fires: { 'a bus there': { request: sending(example.otherAccount) } },
    stays: {
      'a bus here': { request: sending(example.account) },
      'of another one of these accounts': { request: sending(example.sisterAccount) },
    },
  }),
  onCall({
    type: 'Custom:CloudWatchLogs/SentOutside',
    title: { en: 'Logs are sent to another account', ja: 'ログが別アカウントへ転送されています' },
    advice,
    falsePositives: {
      en: 'A log archive of yours or of a vendor.',
      ja: '自社のログ集約先やベンダーに送っている場合。',
    },
    severity: lowByPipeline(5),
    technique: 'T1537',
    calls: 'logs:PutSubscriptionFilter logs:PutAccountPolicy',
    target: ['requestParameters.logGroupName'],
    reads: [destination],
    when: (seen, world) => isOfForeign(seen.text(destination), seen, world),
    fires: {
      'to another account': {
        request: { logGroupName: 'g', destinationArn: 'arn:aws:logs:us-west-2:444455556666:destination:d' },
      },
    },
    stays: {
      'to the own account': {
        request: { logGroupName: 'g', destinationArn: 'arn:aws:lambda:us-west-2:111122223333:function:f' },
      },
    },
  }),
];

function isOfForeign(arn: string | undefined, seen: Reading<never>, world: World): boolean {
  const account = accountInArn(arn ?? '');
  return account !== '' && isForeign(account, seen, world);
}

function copying(account: string): JsonObject {
  return {
    recoveryPointArn: 'arn:aws:backup:us-west-2:111122223333:recovery-point:r',
    destinationBackupVaultArn: `arn:aws:backup:us-west-2:${account}:backup-vault:v`,
  };
}

function sending(account: string): JsonObject {
  return { rule: 'r', targets: [{ id: '1', arn: `arn:aws:events:us-west-2:${account}:event-bus/default` }] };
}

/** The account of a user or role; an organisation or a part of it is named by its management account. */
function accountOfMember(arn: string): string | undefined {
  return arn.includes(':organizations:') ? undefined : accountInArn(arn) || undefined;
}
