import { AwsError } from '../../../aws/error.ts';
import { type Call, operation } from '../../operation.ts';
import { invalidArgument, notImplemented } from './errors.ts';
import { bucketOf, changeBucket } from './tables.ts';
import { bucketTrail } from './trail.ts';

interface Named {
  readonly Bucket: string;
}
interface LifecycleRule {
  readonly ID?: string;
  readonly Expiration?: { readonly Days?: number };
  readonly Transitions?: readonly unknown[];
  readonly [member: string]: unknown;
}

export const PutBucketLifecycleConfiguration = operation<
  Named & { LifecycleConfiguration: { Rules: readonly LifecycleRule[] } }
>({
  trail: bucketTrail('lifecycle', { name: 'PutBucketLifecycle' }),
  handle({ Bucket: name, LifecycleConfiguration }, call) {
    const rules = LifecycleConfiguration.Rules.map((rule) => ({ ...rule, ID: rule.ID ?? call.ids.uuid() }));
    if (new Set(rules.map(({ ID }) => ID)).size < rules.length) {
      throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', undefined);
    }
    for (const rule of rules) checkRule(rule);
    configure(call, name, 'lifecycle', rules);
    return {};
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
function checkRule(rule: LifecycleRule): void {
  const actions = [
    'Expiration',
    'Transitions',
    'NoncurrentVersionExpiration',
    'NoncurrentVersionTransitions',
    'AbortIncompleteMultipartUpload',
  ];
  if (actions.every((action) => rule[action] === undefined)) {
    const message = 'At least one action needs to be specified in a rule';
    throw new AwsError('InvalidRequest', message, { status: 400 });
  }
  if (rule.Expiration?.Days !== undefined && rule.Expiration.Days <= 0) {
    throw invalidArgument("'Days' for Expiration action must be a positive integer", 'Days', rule.Expiration.Days);
  }
}

export const GetBucketLifecycleConfiguration = operation<Named>({
  trail: bucketTrail('lifecycle', { name: 'GetBucketLifecycle' }),
  handle({ Bucket: name }, call) {
    const rules = bucketOf(call, name).configurations['lifecycle'];
    if (rules !== undefined) return { Rules: rules };
    const message = 'The lifecycle configuration does not exist';
    throw new AwsError('NoSuchLifecycleConfiguration', message, { status: 404, members: { BucketName: name } });
  },
});

export const DeleteBucketLifecycle = operation<Named>({
  trail: bucketTrail('lifecycle'),
  handle({ Bucket: name }, call) {
    configure(call, name, 'lifecycle', undefined);
    return {};
  },
});

export const PutBucketLogging = operation<
  Named & { BucketLoggingStatus: { LoggingEnabled?: { TargetBucket: string } } }
>({
  trail: bucketTrail('logging'),
  handle({ Bucket: name, BucketLoggingStatus: { LoggingEnabled } }, call) {
    if (LoggingEnabled !== undefined) bucketOf(call, LoggingEnabled.TargetBucket);
    configure(call, name, 'logging', LoggingEnabled);
    return {};
  },
});

export const GetBucketLogging = operation<Named>({
  trail: bucketTrail('logging'),
  handle({ Bucket: name }, call) {
    const enabled = bucketOf(call, name).configurations['logging'];
    return enabled === undefined ? {} : { LoggingEnabled: enabled };
  },
});

export const PutBucketNotificationConfiguration = operation<
  Named & { NotificationConfiguration: Readonly<Record<string, unknown>> }
>({
  trail: bucketTrail('notification', { name: 'PutBucketNotification' }),
  handle({ Bucket: name, NotificationConfiguration: given }, call) {
    bucketOf(call, name);
    // An empty configuration is how notifications are taken away; there are none to take.
    const asked = Object.entries(given).find(([, value]) => !Array.isArray(value) || value.length > 0);
    if (asked !== undefined) throw notImplemented(`s3:PutBucketNotificationConfiguration with ${asked[0]}`);
    return {};
  },
});

export const GetBucketNotificationConfiguration = operation<Named>({
  trail: bucketTrail('notification', { name: 'GetBucketNotification' }),
  handle({ Bucket: name }, call) {
    bucketOf(call, name);
    return {};
  },
});

function configure(call: Call, bucket: string, what: string, value: unknown): void {
  const { [what]: _, ...others } = bucketOf(call, bucket).configurations;
  changeBucket(call, bucket, { configurations: value === undefined ? others : { ...others, [what]: value } });
}
