import { AwsError } from '../../../aws/error.ts';
import { type Call, operation } from '../../operation.ts';
import { bucketTagsMax, objectTagsMax } from './limits.ts';
import { bucketOf, changeBucket } from './tables.ts';
import { bucketTrail, dataTrail } from './trail.ts';
import { objectAt, putBack } from './versions.ts';

interface TagSet {
  readonly TagSet: readonly { readonly Key: string; readonly Value: string }[];
}
interface Named {
  readonly Bucket: string;
}
interface OfObject extends Named {
  readonly Key: string;
  readonly VersionId?: string;
}

export const PutBucketTagging = operation<Named & { Tagging: TagSet }>({
  trail: bucketTrail('tagging'),
  handle({ Bucket: name, Tagging }, call) {
    changeBucket(call, name, { tags: tagsOf(Tagging, bucketTagsMax, call.via) });
    return {};
  },
});

export const GetBucketTagging = operation<Named>({
  trail: bucketTrail('tagging'),
  handle({ Bucket: name }, call) {
    const { tags } = bucketOf(call, name);
    if (Object.keys(tags).length > 0) return { TagSet: shownTags(tags) };
    throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', { status: 404, members: { BucketName: name } });
  },
});

export const DeleteBucketTagging = operation<Named>({
  trail: bucketTrail('tagging'),
  handle({ Bucket: name }, call) {
    changeBucket(call, name, { tags: {} });
    return {};
  },
});

export const PutObjectTagging = operation<OfObject & { Tagging: TagSet }>({
  trail: dataTrail('tagging'),
  handle: (input, call) => retag(input, tagsOf(input.Tagging, objectTagsMax), call),
});

export const GetObjectTagging = operation<OfObject>({
  trail: dataTrail('tagging'),
  handle(input, call) {
    const bucket = bucketOf(call, input.Bucket);
    const found = objectAt(call, input.Bucket, input.Key, input.VersionId);
    return {
      TagSet: shownTags(found.tags),
      ...(bucket.versioning === undefined ? {} : { VersionId: found.versionId }),
    };
  },
});

export const DeleteObjectTagging = operation<OfObject>({
  trail: dataTrail('tagging'),
  handle: (input, call) => retag(input, {}, call),
});

function retag(input: OfObject, tags: Readonly<Record<string, string>>, call: Call) {
  const bucket = bucketOf(call, input.Bucket);
  const found = objectAt(call, input.Bucket, input.Key, input.VersionId);
  putBack(call, input.Bucket, { ...found, tags });
  return bucket.versioning === undefined ? {} : { VersionId: found.versionId };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
/** Services that act for somebody, as CloudFormation does, put tags of AWS's own. */
function tagsOf({ TagSet }: TagSet, most: number, via?: string): Readonly<Record<string, string>> {
  if (TagSet.length > most) {
    const what = most === objectTagsMax ? 'Object' : 'Bucket';
    throw new AwsError('BadRequest', `${what} tags cannot be greater than ${most}`, { status: 400 });
  }
  const invalid = (message: string) => new AwsError('InvalidTag', message, { status: 400 });
  if (new Set(TagSet.map(({ Key }) => Key)).size < TagSet.length) {
    throw invalid('Cannot provide multiple Tags with the same key');
  }
  for (const { Key, Value } of TagSet) {
    if (Key === '' || Key.length > 128) throw invalid('The TagKey you have provided is invalid');
    if (Value.length > 256) throw invalid('The TagValue you have provided is invalid');
    if (/^aws:/i.test(Key) && via === undefined) throw invalid('System tags cannot be added/updated by requester');
  }
  return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]));
}

function shownTags(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
