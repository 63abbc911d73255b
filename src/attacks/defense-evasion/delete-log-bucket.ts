import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { type Attack, attempt, parameterOf } from '../attack.ts';

export const deleteLogBucket: Attack = {
  slug: 'defense-evasion/delete-log-bucket',
  title: { en: "Try to delete the trail's bucket", ja: '証跡のバケットの削除を試行' },
  technique: 'T1562.008',
  foothold: 'profile',
  parameters: ['Bucket'],
  run: async ({ s3 }, parameters) => {
    const Bucket = parameterOf(parameters, 'Bucket');
    return [await attempt('s3:DeleteBucket', () => s3.send(new DeleteBucketCommand({ Bucket })))];
  },
};
