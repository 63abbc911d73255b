import type { JsonObject } from '../../../../model/json.ts';
import { flagOf, given, neededText, numberOf, tagMapOf, textOf } from '../properties.ts';
import { type ResourceContext, type ResourceType, resourceType } from '../resource-type.ts';

/** GuardDuty says "bad request" of what is not there. */
export const gone = ['BadRequestException', 'ResourceNotFoundException'];

/** Two kinds of lists, alike but in their names: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_GuardDuty.html */
export const guarddutyLists: readonly ResourceType[] = [
  listType('ThreatIntelSet', 'ThreatIntelSetId', 'threatintelset'),
  listType('IPSet', 'IpSetId', 'ipset'),
];

function listType(kind: string, idName: string, part: string): ResourceType {
  return resourceType({
    type: `AWS::GuardDuty::${kind}`,
    properties: ['Activate', 'DetectorId', 'ExpectedBucketOwner', 'Format', 'Location', 'Name', 'Tags'],
    replacedBy: ['DetectorId', 'Format'],
    async create(properties, context) {
      const answer = await context.call('guardduty', `Create${kind}`, {
        DetectorId: neededText(properties, 'DetectorId'),
        Format: neededText(properties, 'Format'),
        Name: textOf(properties, 'Name') ?? context.name(300),
        ...placeOf(properties),
        Activate: flagOf(properties, 'Activate') ?? false,
        ...withTags(properties, context),
      });
      return { physicalId: String(answer[idName]), attributes: { Id: String(answer[idName]) } };
    },
    async update(properties, before, context) {
      const DetectorId = neededText(properties, 'DetectorId');
      const id = before.made.physicalId;
      await context.call('guardduty', `Update${kind}`, {
        DetectorId,
        [idName]: id,
        ...given({ Name: textOf(properties, 'Name') }),
        ...placeOf(properties),
        Activate: flagOf(properties, 'Activate') ?? false,
      });
      await retagGuardDuty(`detector/${DetectorId}/${part}/${id}`, properties, before.properties, context);
      return before.made;
    },
    async remove({ made, properties }, context) {
      const input = { DetectorId: neededText(properties, 'DetectorId'), [idName]: made.physicalId };
      await context.callUnless(gone, 'guardduty', `Delete${kind}`, input);
    },
  });
}

function placeOf(properties: JsonObject): Record<string, unknown> {
  return {
    Location: neededText(properties, 'Location'),
    ...given({ ExpectedBucketOwner: textOf(properties, 'ExpectedBucketOwner') }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-filter.html */
export const guarddutyFilter = resourceType({
  type: 'AWS::GuardDuty::Filter',
  properties: ['Action', 'Description', 'DetectorId', 'FindingCriteria', 'Name', 'Rank', 'Tags'],
  replacedBy: ['DetectorId', 'Name'],
  async create(properties, context) {
    const { Name } = await context.call('guardduty', 'CreateFilter', {
      DetectorId: neededText(properties, 'DetectorId'),
      Name: textOf(properties, 'Name') ?? context.name(64),
      ...filterOf(properties),
      ...withTags(properties, context),
    });
    return { physicalId: String(Name), attributes: {} };
  },
  async update(properties, before, context) {
    const DetectorId = neededText(properties, 'DetectorId');
    const FilterName = before.made.physicalId;
    await context.call('guardduty', 'UpdateFilter', { DetectorId, FilterName, ...filterOf(properties) });
    await retagGuardDuty(`detector/${DetectorId}/filter/${FilterName}`, properties, before.properties, context);
    return before.made;
  },
  async remove({ made, properties }, context) {
    const input = { DetectorId: neededText(properties, 'DetectorId'), FilterName: made.physicalId };
    await context.callUnless(gone, 'guardduty', 'DeleteFilter', input);
  },
});

function filterOf(properties: JsonObject): Record<string, unknown> {
  return given({
    Action: textOf(properties, 'Action'),
    Description: textOf(properties, 'Description'),
    Rank: numberOf(properties, 'Rank'),
    FindingCriteria: properties['FindingCriteria'],
  });
}

export async function retagGuardDuty(
  path: string,
  properties: JsonObject,
  before: JsonObject,
  context: ResourceContext,
): Promise<void> {
  const ResourceArn = `arn:aws:guardduty:${context.region}:${context.account}:${path}`;
  const [now, was] = [guardDutyTags(properties, context), guardDutyTags(before, context)];
  const TagKeys = Object.keys(was).filter((key) => now[key] === undefined);
  if (TagKeys.length > 0) await context.call('guardduty', 'UntagResource', { ResourceArn, TagKeys });
  if (Object.keys(now).length > 0) await context.call('guardduty', 'TagResource', { ResourceArn, Tags: now });
}

export function withTags(properties: JsonObject, context: ResourceContext): { Tags?: Record<string, string> } {
  const Tags = guardDutyTags(properties, context);
  return Object.keys(Tags).length === 0 ? {} : { Tags };
}

/** GuardDuty takes none of CloudFormation's own tags: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html */
function guardDutyTags(properties: JsonObject, context: ResourceContext): Record<string, string> {
  const tags = tagMapOf(properties, context);
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}
