import type { Path } from '../../../model/activity.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { isForeign } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onCall } from '../../on-call.ts';
import { accountsOf, allowsEveryone, objectsUnder, statementsOf, textsUnder } from '../../policies.ts';
import type { World } from '../../world.ts';

const advice: Words = {
  en: 'Take the share back and ask whose account it is: what was copied meanwhile cannot be taken back.',
  ja: '共有を取り消し、相手のアカウントを確認してください。すでにコピーされたものは取り戻せません。',
};
const meant: Words = {
  en: 'Images, backups or data are given to another account of yours, or published on purpose.',
  ja: '自社の別アカウントへイメージ・バックアップ・データを渡す場合や、意図して公開している場合。',
};
const bucketName = 'requestParameters.bucketName';
const policy = 'requestParameters.bucketPolicy';
const replication = 'requestParameters.ReplicationConfiguration';

export const sharedOutside: readonly Detector[] = [
  ec2Shared({
    signal: 'EBSSnapshotExternalAccess',
    title: {
      en: 'A disk snapshot was shared outside the account',
      ja: 'EBS スナップショットがアカウント外に共有されました',
    },
    calls: 'ec2:ModifySnapshotAttribute',
    id: 'snapshotId',
    permission: 'createVolumePermission',
  }),
  ec2Shared({
    signal: 'AMIExternalAccess',
    title: { en: 'A machine image was shared outside the account', ja: 'AMI がアカウント外に共有されました' },
    calls: 'ec2:ModifyImageAttribute',
    id: 'imageId',
    permission: 'launchPermission',
  }),
  rdsShared(true),
  rdsShared(false),
  onCall({
    type: 'Custom:RDSSnapshot/Exported',
    title: {
      en: 'A database snapshot is exported to a bucket',
      ja: 'データベースのスナップショットが S3 へエクスポートされました',
    },
    advice: {
      en: 'Ask who needs the data in a bucket, and look at who may read that bucket.',
      ja: 'データをバケットに置く必要がある人を確認し、そのバケットを読める人を調べてください。',
    },
    falsePositives: { en: 'Data is exported for analysis.', ja: '分析のためにデータを出力している場合。' },
    severity: 5,
    technique: 'T1537',
    calls: 'rds:StartExportTask',
    target: ['requestParameters.sourceArn'],
    fires: { 'an export begins': { request: { sourceArn: 'arn:aws:rds:us-west-2:111122223333:snapshot:s' } } },
    stays: { 'exports are listed': { name: 'rds:DescribeExportTasks' } },
  }),
  onCall({
    type: 'Exfiltration:S3/TransferDataToCloudAccount',
    signal: 'S3BucketPolicyExternalAccess',
    title: { en: 'A bucket policy lets another account in', ja: 'バケットポリシーが外部のアカウントを許可しました' },
    advice,
    falsePositives: meant,
    severity: 8,
    technique: 'T1537',
    calls: 's3:PutBucketPolicy',
    target: [bucketName],
    reads: [policy],
    when: (seen, world) =>
      statementsOf(seen.json(policy)).some(
        (statement) =>
          allowsEveryone(statement) ||
          (statement['Effect'] === 'Allow' && accountsOf(statement).some((account) => isForeign(account, seen, world))),
      ),
    fires: {
      'another account': { request: { bucketName: 'letters', bucketPolicy: letting('444455556666') } },
      everybody: { request: { bucketName: 'letters', bucketPolicy: letting('*') } },
    },
    stays: {
      'the own account': { request: { bucketName: 'letters', bucketPolicy: letting('111122223333') } },
      'another one of these accounts': {
        request: { bucketName: 'letters', bucketPolicy: letting(example.sisterAccount) },
      },
      'load balancers of AWS': { request: { bucketName: 'letters', bucketPolicy: letting('582318560864') } },
      'another account is denied': {
        request: { bucketName: 'letters', bucketPolicy: letting('444455556666', 'Deny') },
      },
    },
  }),
  onCall({
    type: 'Custom:S3Bucket/ReplicatedToOtherAccount',
    title: {
      en: 'A bucket is replicated to another account',
      ja: 'バケットが別アカウントへレプリケーションされています',
    },
    advice: {
      en: 'Ask whose bucket the destination is. If nobody knows, delete the replication rule at once: it copies everything new.',
      ja: '宛先バケットの持ち主を確認し、不明であればただちにルールを削除してください。新しいデータがすべてコピーされます。',
    },
    falsePositives: {
      en: 'Backups go to an account of their own.',
      ja: 'バックアップ専用アカウントへ複製している場合。',
    },
    severity: 8,
    technique: 'T1537',
    calls: 's3:PutBucketReplication',
    target: [bucketName],
    reads: [replication],
    when: (seen, world) =>
      textsUnder(seen.json(replication), 'Rule.Destination.Account').some((account) => isForeign(account, seen, world)),
    fires: { 'to another account': { request: replicating('444455556666') } },
    stays: {
      'to the own account': { request: replicating('111122223333') },
      'to another one of these accounts': { request: replicating(example.sisterAccount) },
    },
  }),
];

interface Ec2Share {
  readonly signal: string;
  readonly title: Words;
  readonly calls: string;
  readonly id: 'snapshotId' | 'imageId';
  readonly permission: 'createVolumePermission' | 'launchPermission';
}

function ec2Shared({ signal, title, calls, id, permission }: Ec2Share): Detector {
  const added = `requestParameters.${permission}.add`;
  const sharing = (item: JsonObject, how = 'add') => ({
    request: { [id]: 'x-1', attributeType: 'P', [permission]: { [how]: { items: [item] } } },
  });
  return onCall({
    type: 'Exfiltration:EC2/TransferDataToCloudAccount',
    signal,
    title,
    advice,
    falsePositives: meant,
    severity: 8,
    technique: 'T1537',
    calls,
    target: [`requestParameters.${id}`],
    reads: [added],
    when: (seen, world) => isOutside(seen, added, world),
    fires: {
      'with another account': sharing({ userId: '444455556666' }),
      'with everybody': sharing({ group: 'all' }),
    },
    stays: {
      'with the own account': sharing({ userId: '111122223333' }),
      'with another one of these accounts': sharing({ userId: example.sisterAccount }),
      'a share is taken back': sharing({ userId: '444455556666' }, 'remove'),
    },
  });
}

function isOutside<P extends Path>(seen: Seen<P>, added: NoInfer<P>, world: World): boolean {
  return objectsUnder(seen.json(added), 'items').some(
    ({ userId, group }) => group === 'all' || (typeof userId === 'string' && isForeign(userId, seen, world)),
  );
}

function rdsShared(publicly: boolean): Detector {
  const values = 'requestParameters.valuesToAdd';
  const sharing = (value: string) => ({
    request: { dBSnapshotIdentifier: 's', attributeName: 'restore', valuesToAdd: [value] },
  });
  return onCall({
    ...(publicly
      ? { type: 'Exfiltration:RDS/TransferDataToCloudAccount', signal: 'RDSSnapshotPubliclyShared' }
      : { type: 'Custom:RDSSnapshot/SharedOutside' }),
    title: publicly
      ? { en: 'A database snapshot was made public', ja: 'データベースのスナップショットが公開されました' }
      : {
          en: 'A database snapshot was shared with another account',
          ja: 'データベースのスナップショットが別アカウントに共有されました',
        },
    advice,
    falsePositives: meant,
    severity: 8,
    technique: 'T1537',
    calls: 'rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute',
    target: ['requestParameters.dBSnapshotIdentifier', 'requestParameters.dBClusterSnapshotIdentifier'],
    reads: [values],
    when: (seen, world) =>
      seen
        .list(values)
        .some((value) => (publicly ? value === 'all' : value !== 'all' && isForeign(value, seen, world))),
    fires: { 'it is shared': sharing(publicly ? 'all' : '444455556666') },
    stays: {
      'the other way of sharing': sharing(publicly ? '444455556666' : 'all'),
      'with the own account': sharing('111122223333'),
      'with another one of these accounts': sharing(example.sisterAccount),
    },
  });
}

function letting(AWS: string, Effect = 'Allow'): JsonObject {
  return { Statement: [{ Effect, Principal: { AWS }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::letters/*' }] };
}

function replicating(Account: string): JsonObject {
  const Rule = { Status: 'Enabled', Destination: { Account, Bucket: 'arn:aws:s3:::copies' } };
  return { bucketName: 'letters', ReplicationConfiguration: { Role: 'r', Rule } };
}
