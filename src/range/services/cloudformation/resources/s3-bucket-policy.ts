import { documentOf, neededText } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const s3BucketPolicy = resourceType({
  type: 'AWS::S3::BucketPolicy',
  properties: ['Bucket', 'PolicyDocument'],
  replacedBy: ['Bucket'],
  async create(properties, context) {
    const Bucket = neededText(properties, 'Bucket');
    await context.call('s3', 'PutBucketPolicy', { Bucket, Policy: documentOf(properties, 'PolicyDocument') });
    return { physicalId: Bucket, attributes: {} };
  },
  async update(properties, before, context) {
    const Bucket = before.made.physicalId;
    await context.call('s3', 'PutBucketPolicy', { Bucket, Policy: documentOf(properties, 'PolicyDocument') });
    return before.made;
  },
  async remove({ made }, context) {
    const gone = ['NoSuchBucket', 'NoSuchBucketPolicy'];
    await context.callUnless(gone, 's3', 'DeleteBucketPolicy', { Bucket: made.physicalId });
  },
});
