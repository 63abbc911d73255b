import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { type Attack, attempt } from '../attack.ts';

export const listBuckets: Attack = {
  slug: 'discovery/list-buckets',
  title: { en: 'List the buckets', ja: 'バケットを一覧' },
  technique: 'T1619',
  foothold: 'profile',
  parameters: [],
  run: async ({ s3 }) => [await attempt('s3:ListBuckets', () => s3.send(new ListBucketsCommand({})))],
};
