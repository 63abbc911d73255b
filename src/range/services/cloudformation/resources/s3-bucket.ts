import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, objectOf, objectsOf, tagsOf, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';

/** `PublicRead` in templates, `public-read` on the wire. */
const cannedAcls: Readonly<Record<string, string>> = {
  AuthenticatedRead: 'authenticated-read',
  AwsExecRead: 'aws-exec-read',
  BucketOwnerFullControl: 'bucket-owner-full-control',
  BucketOwnerRead: 'bucket-owner-read',
  LogDeliveryWrite: 'log-delivery-write',
  Private: 'private',
  PublicRead: 'public-read',
  PublicReadWrite: 'public-read-write',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const s3Bucket = resourceType({
  type: 'AWS::S3::Bucket',
  properties: [
    ...['AccessControl', 'BucketEncryption', 'BucketName', 'LoggingConfiguration', 'OwnershipControls'],
    ...['PublicAccessBlockConfiguration', 'Tags', 'VersioningConfiguration'],
  ],
  replacedBy: ['BucketName'],
  named: 'BucketName',
  async create(properties, context) {
    const Bucket = textOf(properties, 'BucketName') ?? context.name(63).toLowerCase();
    const ownership = ownershipOf(properties);
    await context.call('s3', 'CreateBucket', {
      Bucket,
      ...(context.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: context.region } }),
      ...given({ ObjectOwnership: ownership }),
    });
    const made = madeOf(Bucket, context);
    context.holds(made);
    await configure(Bucket, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    await configure(before.made.physicalId, properties, before.properties, context);
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(['NoSuchBucket'], 's3', 'DeleteBucket', { Bucket: made.physicalId });
  },
});

async function configure(Bucket: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  const call = (operation: string, input: object = {}) => context.call('s3', operation, { Bucket, ...input });
  const block = objectOf(now, 'PublicAccessBlockConfiguration');
  if (block !== undefined) await call('PutPublicAccessBlock', { PublicAccessBlockConfiguration: blockOf(block) });
  else if (was['PublicAccessBlockConfiguration'] !== undefined) await call('DeletePublicAccessBlock');
  const ownership = ownershipOf(now);
  if (ownership !== undefined) {
    await call('PutBucketOwnershipControls', { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } });
  } else if (was['OwnershipControls'] !== undefined) await call('DeleteBucketOwnershipControls');
  const acl = textOf(now, 'AccessControl') ?? (was['AccessControl'] === undefined ? undefined : 'Private');
  if (acl !== undefined) await call('PutBucketAcl', { ACL: cannedAcls[acl] ?? acl });
  const encryption = objectOf(now, 'BucketEncryption');
  if (encryption !== undefined) {
    await call('PutBucketEncryption', { ServerSideEncryptionConfiguration: { Rules: encryptionRules(encryption) } });
  } else if (was['BucketEncryption'] !== undefined) await call('DeleteBucketEncryption');
  const versioning = objectOf(now, 'VersioningConfiguration');
  const suspended = was['VersioningConfiguration'] === undefined ? undefined : { Status: 'Suspended' };
  const VersioningConfiguration = versioning ?? suspended;
  if (VersioningConfiguration !== undefined) await call('PutBucketVersioning', { VersioningConfiguration });
  await configureLogging(now, was, call);
  await call('PutBucketTagging', { Tagging: { TagSet: tagsOf(now, context) } });
}

async function configureLogging(
  now: JsonObject,
  was: JsonObject,
  call: (operation: string, input: object) => Promise<unknown>,
): Promise<void> {
  const logging = objectOf(now, 'LoggingConfiguration');
  if (logging === undefined && was['LoggingConfiguration'] === undefined) return;
  const LoggingEnabled = logging && {
    TargetBucket: textOf(logging, 'DestinationBucketName'),
    TargetPrefix: textOf(logging, 'LogFilePrefix') ?? '',
  };
  await call('PutBucketLogging', { BucketLoggingStatus: given({ LoggingEnabled }) });
}

function blockOf(block: JsonObject): Record<string, unknown> {
  const names = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  return Object.fromEntries(names.map((name) => [name, flagOf(block, name) ?? false]));
}

function ownershipOf(properties: JsonObject): string | undefined {
  const [rule] = objectsOf(objectOf(properties, 'OwnershipControls') ?? {}, 'Rules');
  return rule === undefined ? undefined : textOf(rule, 'ObjectOwnership');
}

/** Templates say ServerSideEncryptionByDefault where S3 says ApplyServerSideEncryptionByDefault. */
function encryptionRules(encryption: JsonObject): object[] {
  return objectsOf(encryption, 'ServerSideEncryptionConfiguration').map((rule) =>
    given({
      ApplyServerSideEncryptionByDefault: objectOf(rule, 'ServerSideEncryptionByDefault'),
      BucketKeyEnabled: flagOf(rule, 'BucketKeyEnabled'),
    }),
  );
}

function madeOf(name: string, { region }: ResourceContext): Made {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
}
