import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey } from '../../subjects.ts';

/**
 * EC2 writes this into the trail of whoever shared a snapshot, when somebody else makes use of it. Of another account of
 * the same company it says so too.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
 */
export const snapshotCopied = onActivity({
  type: 'Custom:EC2Snapshot/CopiedByOther',
  title: {
    en: 'A shared disk snapshot was copied or used by another account',
    ja: '共有されたスナップショットが別アカウントでコピーまたは使用されました',
  },
  advice: {
    en: 'Ask whose account it is. If nobody knows, treat what was on the disk as stolen and replace its secrets.',
    ja: '誰のアカウントか確認し、不明であればディスクの内容は盗まれたものとして、含まれていたシークレットを交換してください。',
  },
  falsePositives: {
    en: 'Images or backups are given to another account of yours.',
    ja: '自社の別アカウントへイメージやバックアップを渡している場合。',
  },
  severity: 2,
  technique: 'T1537',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', calls: ['ec2:SharedSnapshotCopyInitiated', 'ec2:SharedSnapshotVolumeCreated'] },
  reads: ['requestParameters.snapshotId'],
  when: (seen) => seen.error === '',
  resource: (seen) => ({
    ...accessKey(seen),
    type: 'EC2Snapshot',
    arn: seen.text('requestParameters.snapshotId') ?? '',
  }),
  says: (seen) => ({
    en: `${seen.name}: ${seen.text('requestParameters.snapshotId') ?? 'a snapshot'} of this account.`,
    ja: `このアカウントの ${seen.text('requestParameters.snapshotId') ?? 'スナップショット'} に対する ${seen.name} です。`,
  }),
  examples: {
    fires: {
      'it is copied': [call('ec2:SharedSnapshotCopyInitiated', { by: 'ec2.amazonaws.com' })],
      'a disk is made of it': [call('ec2:SharedSnapshotVolumeCreated', { by: 'ec2.amazonaws.com' })],
    },
    stays: { 'the own copy': [call('ec2:CopySnapshot', { request: { sourceSnapshotId: 'snap-1' } })] },
  },
});
