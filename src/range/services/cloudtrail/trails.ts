import { AwsError } from '../../../aws/error.ts';
import type { Preparation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { arm } from './delivery.ts';
import { armDigest } from './digest.ts';
import { trailsPerRegionMax } from './limits.ts';
import { allTrails, findTrail, homeRegion, putTrail, removeTrail, type Trail, trailOf, trailsIn } from './tables.ts';
import { proveBucket } from './write.ts';

interface TrailInput {
  readonly Name: string;
  readonly S3BucketName?: string;
  readonly S3KeyPrefix?: string;
  readonly SnsTopicName?: string;
  readonly IncludeGlobalServiceEvents?: boolean;
  readonly IsMultiRegionTrail?: boolean;
  readonly EnableLogFileValidation?: boolean;
  readonly CloudWatchLogsLogGroupArn?: string;
  readonly CloudWatchLogsRoleArn?: string;
  readonly KmsKeyId?: string;
  readonly IsOrganizationTrail?: boolean;
  readonly TagsList?: readonly Tag[];
}

interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

export const CreateTrail = operation<TrailInput, Record<string, unknown>, undefined>({
  async prepare(input, preparation) {
    refuseNotBuilt(input);
    checkName(input.Name);
    await checkBucket(input, trailArn(preparation.call, input.Name), preparation);
    return undefined;
  },
  handle(input, call) {
    if (findTrail(call, input.Name) !== undefined) {
      throw new AwsError(
        'TrailAlreadyExistsException',
        `Trail ${input.Name} already exists for customer: ${call.account}`,
        { status: 400 },
      );
    }
    if ([...trailsIn(call)].length >= trailsPerRegionMax) {
      throw new AwsError(
        'MaximumNumberOfTrailsExceededException',
        `User: ${call.account} already has ${trailsPerRegionMax} trails in ${call.region}.`,
        { status: 403 },
      );
    }
    const trail: Trail = {
      name: input.Name,
      arn: trailArn(call, input.Name),
      bucket: input.S3BucketName ?? '',
      global: input.IncludeGlobalServiceEvents ?? true,
      multiRegion: input.IsMultiRegionTrail ?? false,
      validated: input.EnableLogFileValidation ?? false,
      tags: Object.fromEntries((input.TagsList ?? []).map(({ Key, Value }) => [Key, Value ?? ''])),
      createdAt: call.time,
      logging: false,
      armed: 0,
      delivered: {},
      ...(input.S3KeyPrefix === undefined ? {} : { prefix: input.S3KeyPrefix }),
    };
    putTrail(call, trail);
    const { HomeRegion: _, HasCustomEventSelectors: __, HasInsightSelectors: ___, ...created } = render(trail);
    return created;
  },
});

export const UpdateTrail = operation<TrailInput, Record<string, unknown>, undefined>({
  trail: { seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html' },
  async prepare(input, preparation) {
    refuseNotBuilt(input);
    const trail = trailOf(preparation.call, input.Name);
    const named = { ...input, S3BucketName: input.S3BucketName ?? trail.bucket };
    await checkBucket(named, trail.arn, preparation);
    return undefined;
  },
  handle(input, call) {
    const trail = trailOf(call, input.Name);
    const changed: Trail = {
      ...trail,
      bucket: input.S3BucketName ?? trail.bucket,
      global: input.IncludeGlobalServiceEvents ?? trail.global,
      multiRegion: input.IsMultiRegionTrail ?? trail.multiRegion,
      validated: input.EnableLogFileValidation ?? trail.validated,
      ...(input.S3KeyPrefix === undefined ? {} : { prefix: input.S3KeyPrefix }),
    };
    putTrail(call, changed);
    if (changed.validated && !trail.validated && changed.logging) armDigest(changed, call, call.time);
    const { HomeRegion: _, HasCustomEventSelectors: __, HasInsightSelectors: ___, ...updated } = render(changed);
    return updated;
  },
});

export const DeleteTrail = operation<{ Name: string }>({
  handle(input, call) {
    removeTrail(call, atHome(trailOf(call, input.Name), call.region));
    return {};
  },
});

export const GetTrail = operation<{ Name: string }>({
  handle: (input, call) => ({ Trail: render(trailOf(call, input.Name)) }),
});

export const DescribeTrails = operation<{ trailNameList?: readonly string[]; includeShadowTrails?: boolean }>({
  handle(input, call) {
    const shadows = input.includeShadowTrails ?? true;
    const names = input.trailNameList ?? [];
    const shown = [...trailsIn(call)].filter(
      (trail) =>
        (shadows || homeRegion(trail) === call.region) &&
        (names.length === 0 || names.includes(trail.name) || names.includes(trail.arn)),
    );
    return { trailList: shown.map(render) };
  },
});

export const ListTrails = operation({
  handle: (_input, call) => ({
    Trails: [...allTrails(call)].map((trail) => ({
      TrailARN: trail.arn,
      Name: trail.name,
      HomeRegion: homeRegion(trail),
    })),
  }),
});

export const StartLogging = operation<{ Name: string }>({
  handle(input, call) {
    const trail = atHome(trailOf(call, input.Name), call.region);
    if (trail.logging) return {};
    const { stoppedAt: _, ...before } = trail;
    const started: Trail = { ...before, logging: true, startedAt: call.time, armed: trail.armed + 1, delivered: {} };
    putTrail(call, started);
    arm(started, call, call.time);
    if (started.validated) armDigest(started, call, call.time);
    return {};
  },
});

export const StopLogging = operation<{ Name: string }>({
  handle(input, call) {
    const trail = atHome(trailOf(call, input.Name), call.region);
    if (trail.logging) putTrail(call, { ...trail, logging: false, stoppedAt: call.time });
    return {};
  },
});

export const GetTrailStatus = operation<{ Name: string }>({
  handle(input, call) {
    const trail = trailOf(call, input.Name);
    const date = (name: string, time: number | undefined) => (time === undefined ? {} : { [name]: new Date(time) });
    return {
      IsLogging: trail.logging,
      ...date('StartLoggingTime', trail.startedAt),
      ...date('StopLoggingTime', trail.stoppedAt),
      ...date('LatestDeliveryTime', trail.lastDeliveryAt),
      ...date('LatestDigestDeliveryTime', trail.lastDigestAt),
      ...(trail.lastDeliveryError === undefined ? {} : { LatestDeliveryError: trail.lastDeliveryError }),
      ...(trail.lastDigestError === undefined ? {} : { LatestDigestDeliveryError: trail.lastDigestError }),
      TimeLoggingStarted: trail.startedAt === undefined ? '' : new Date(trail.startedAt).toISOString(),
      TimeLoggingStopped: trail.stoppedAt === undefined ? '' : new Date(trail.stoppedAt).toISOString(),
      LatestDeliveryAttemptTime: trail.lastDeliveryAt === undefined ? '' : new Date(trail.lastDeliveryAt).toISOString(),
    };
  },
});

export const AddTags = operation<{ ResourceId: string; TagsList: readonly Tag[] }>({
  handle(input, call) {
    const trail = trailOf(call, input.ResourceId);
    const tags = { ...trail.tags, ...Object.fromEntries(input.TagsList.map(({ Key, Value }) => [Key, Value ?? ''])) };
    putTrail(call, { ...trail, tags });
    return {};
  },
});

export const RemoveTags = operation<{ ResourceId: string; TagsList: readonly Tag[] }>({
  handle(input, call) {
    const trail = trailOf(call, input.ResourceId);
    const gone = new Set(input.TagsList.map(({ Key }) => Key));
    putTrail(call, {
      ...trail,
      tags: Object.fromEntries(Object.entries(trail.tags).filter(([key]) => !gone.has(key))),
    });
    return {};
  },
});

export const ListTags = operation<{ ResourceIdList: readonly string[] }>({
  handle: (input, call) => ({
    ResourceTagList: input.ResourceIdList.map((id) => ({
      ResourceId: id,
      TagsList: Object.entries(trailOf(call, id).tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  }),
});

function trailArn(place: { readonly account: string; readonly region: string }, name: string): string {
  return `arn:aws:cloudtrail:${place.region}:${place.account}:trail/${name}`;
}

function atHome(trail: Trail, region: string): Trail {
  if (homeRegion(trail) === region) return trail;
  throw new AwsError(
    'InvalidHomeRegionException',
    `Trail ${trail.arn} must be called from its home region: ${homeRegion(trail)}`,
    { status: 400 },
  );
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
function checkName(name: string): void {
  const complain = (why: string) => new AwsError('InvalidTrailNameException', why, { status: 400 });
  if (name.length < 3)
    throw complain(
      'Trail name too short. Minimum allowed length: 3 characters. Specified name length: ' +
        `${name.length} characters.`,
    );
  if (name.length > 128)
    throw complain(
      `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${name.length} characters.`,
    );
  if (!/^[A-Za-z0-9]/.test(name)) throw complain('Trail name must starts with a letter or number.');
  if (!/^[A-Za-z0-9._-]+$/.test(name))
    throw complain(
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
    );
  if (!/[A-Za-z0-9]$/.test(name)) throw complain('Trail name must ends with a letter or number.');
}

function refuseNotBuilt(input: TrailInput): void {
  for (const name of ['SnsTopicName', 'CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn', 'KmsKeyId'] as const) {
    if (input[name] === undefined || input[name] === '') continue;
    throw new AwsError('NotImplemented', `cloudtrail: ${name} is not built in this range yet.`, { status: 501 });
  }
  if (input.IsOrganizationTrail === true) {
    throw new AwsError('NotImplemented', 'cloudtrail: organization trails are not built in this range yet.', {
      status: 501,
    });
  }
}

async function checkBucket(input: TrailInput, arn: string, preparation: Preparation): Promise<void> {
  const { account, region } = preparation.call;
  const place = {
    account,
    region,
    bucket: input.S3BucketName ?? '',
    ...(input.S3KeyPrefix === undefined ? {} : { prefix: input.S3KeyPrefix }),
  };
  await proveBucket(place, arn, input.EnableLogFileValidation === true, preparation.invoke);
}

function render(trail: Trail) {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.prefix === undefined ? {} : { S3KeyPrefix: trail.prefix }),
    IncludeGlobalServiceEvents: trail.global,
    IsMultiRegionTrail: trail.multiRegion,
    HomeRegion: homeRegion(trail),
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.validated,
    HasCustomEventSelectors: trail.selectors !== undefined,
    HasInsightSelectors: false,
    IsOrganizationTrail: false,
  };
}
