import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, objectsOf, tagsOf, textOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html */
export const cloudtrailTrail = resourceType({
  type: 'AWS::CloudTrail::Trail',
  properties: [
    ...['CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn', 'EnableLogFileValidation', 'EventSelectors'],
    ...['IncludeGlobalServiceEvents', 'IsLogging', 'IsMultiRegionTrail', 'IsOrganizationTrail', 'KMSKeyId'],
    ...['S3BucketName', 'S3KeyPrefix', 'SnsTopicName', 'Tags', 'TrailName'],
  ],
  replacedBy: ['TrailName'],
  named: 'TrailName',
  async create(properties, context) {
    const Name = textOf(properties, 'TrailName') ?? context.name(128);
    const TagsList = tagsOf(properties, context);
    const answer = await context.call('cloudtrail', 'CreateTrail', { Name, TagsList, ...trailOf(properties) });
    const made = { physicalId: Name, attributes: { Arn: String(answer['TrailARN']), SnsTopicArn: '' } };
    context.holds(made);
    await follow(Name, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    const Name = before.made.physicalId;
    await context.call('cloudtrail', 'UpdateTrail', { Name, ...trailOf(properties) });
    await follow(Name, properties, before.properties, context);
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(['TrailNotFoundException'], 'cloudtrail', 'DeleteTrail', { Name: made.physicalId });
  },
});

function trailOf(properties: JsonObject): Record<string, unknown> {
  return given({
    S3BucketName: neededText(properties, 'S3BucketName'),
    S3KeyPrefix: textOf(properties, 'S3KeyPrefix'),
    SnsTopicName: textOf(properties, 'SnsTopicName'),
    IncludeGlobalServiceEvents: flagOf(properties, 'IncludeGlobalServiceEvents'),
    IsMultiRegionTrail: flagOf(properties, 'IsMultiRegionTrail'),
    IsOrganizationTrail: flagOf(properties, 'IsOrganizationTrail'),
    EnableLogFileValidation: flagOf(properties, 'EnableLogFileValidation'),
    CloudWatchLogsLogGroupArn: textOf(properties, 'CloudWatchLogsLogGroupArn'),
    CloudWatchLogsRoleArn: textOf(properties, 'CloudWatchLogsRoleArn'),
    KmsKeyId: textOf(properties, 'KMSKeyId'),
  });
}

async function follow(Name: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  const EventSelectors = objectsOf(now, 'EventSelectors').map((selector) =>
    given({
      ReadWriteType: textOf(selector, 'ReadWriteType'),
      IncludeManagementEvents: flagOf(selector, 'IncludeManagementEvents'),
      ExcludeManagementEventSources:
        selector['ExcludeManagementEventSources'] && textsOf(selector, 'ExcludeManagementEventSources'),
      DataResources: objectsOf(selector, 'DataResources').map((each) => ({
        Type: textOf(each, 'Type'),
        Values: textsOf(each, 'Values'),
      })),
    }),
  );
  if (EventSelectors.length > 0 || objectsOf(was, 'EventSelectors').length > 0) {
    await context.call('cloudtrail', 'PutEventSelectors', { TrailName: Name, EventSelectors });
  }
  await context.call('cloudtrail', flagOf(now, 'IsLogging') ? 'StartLogging' : 'StopLogging', { Name });
}
