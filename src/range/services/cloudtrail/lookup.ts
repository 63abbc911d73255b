import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { operation } from '../../operation.ts';
import { lookupMs, lookupScanMax, pageMax } from './limits.ts';
import { newestRecords } from './records.ts';

interface Attribute {
  readonly AttributeKey: string;
  readonly AttributeValue: string;
}

/** Management events of the last 90 days in this region, newest first. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const LookupEvents = operation<{
  LookupAttributes?: readonly Attribute[];
  StartTime?: Date;
  EndTime?: Date;
  EventCategory?: string;
  MaxResults?: number;
  NextToken?: string;
}>({
  handle(input, call) {
    if ((input.LookupAttributes?.length ?? 0) > 1) {
      throw new AwsError('InvalidLookupAttributesException', 'You can only specify one lookup attribute.', {
        status: 400,
      });
    }
    if (input.StartTime !== undefined && input.EndTime !== undefined && input.StartTime > input.EndTime) {
      throw new AwsError('InvalidTimeRangeException', 'Start time cannot be after end time.', { status: 400 });
    }
    // Insights events are not made here, and there are none to find.
    if (input.EventCategory === 'insight') return { Events: [] };
    const [attribute] = input.LookupAttributes ?? [];
    const from = Math.max(call.time - lookupMs, input.StartTime?.getTime() ?? 0);
    const until = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
    const found: unknown[] = [];
    let seen = 0;
    for (const { key, time, record } of newestRecords(call, token(input.NextToken))) {
      if (time < from) break;
      seen++;
      if (time <= until && (attribute === undefined || matches(record, attribute))) found.push(render(record, time));
      if (found.length === (input.MaxResults ?? pageMax) || seen === lookupScanMax) {
        return { Events: found, NextToken: Buffer.from(key).toString('base64url') };
      }
    }
    return { Events: found };
  },
});

function token(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const key = Buffer.from(text, 'base64url').toString();
  if (/^\d{12}\//.test(key)) return key;
  throw new AwsError('InvalidNextTokenException', 'Invalid next token.', { status: 400 });
}

function matches(record: JsonObject, { AttributeKey, AttributeValue: value }: Attribute): boolean {
  switch (AttributeKey) {
    case 'EventId':
      return record['eventID'] === value;
    case 'EventName':
      return record['eventName'] === value;
    case 'EventSource':
      return record['eventSource'] === value;
    case 'ReadOnly':
      return String(record['readOnly']) === value;
    case 'Username':
      return userName(record) === value;
    case 'AccessKeyId':
      return identity(record)['accessKeyId'] === value;
    case 'ResourceName':
      return resources(record).some(({ ResourceName }) => ResourceName === value);
    case 'ResourceType':
      return resources(record).some(({ ResourceType }) => ResourceType === value);
    default:
      throw new AwsError('InvalidLookupAttributesException', 'Specify a valid lookup attribute.', { status: 400 });
  }
}

function render(record: JsonObject, time: number) {
  const name = userName(record);
  const key = identity(record)['accessKeyId'];
  return {
    EventId: record['eventID'],
    EventName: record['eventName'],
    ReadOnly: String(record['readOnly']),
    ...(key === undefined ? {} : { AccessKeyId: key }),
    EventTime: new Date(time - (time % 1000)),
    EventSource: record['eventSource'],
    ...(name === undefined ? {} : { Username: name }),
    Resources: resources(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

function identity(record: JsonObject): JsonObject {
  return (record['userIdentity'] ?? {}) as JsonObject;
}

/** A session is known by its name, a user by the user's, root as `root`. */
function userName(record: JsonObject): string | undefined {
  const who = identity(record);
  if (who['type'] === 'Root') return 'root';
  if (typeof who['userName'] === 'string') return who['userName'];
  const id = who['principalId'];
  return typeof id === 'string' && id.includes(':') ? id.slice(id.indexOf(':') + 1) : undefined;
}

/** What the record names: its own list, else the parameters that name a resource. */
function resources(record: JsonObject): { ResourceType: string; ResourceName: string }[] {
  const listed = (record['resources'] ?? []) as readonly JsonObject[];
  const fromList = listed.map((each) => ({ ResourceType: String(each['type']), ResourceName: String(each['ARN']) }));
  const parameters = (record['requestParameters'] ?? {}) as JsonObject;
  const named = Object.entries(resourceNames).flatMap(([parameter, ResourceType]) => {
    const name = parameters[parameter];
    return typeof name === 'string' ? [{ ResourceType, ResourceName: name }] : [];
  });
  return [...fromList, ...named];
}

const resourceNames: Readonly<Record<string, string>> = {
  bucketName: 'AWS::S3::Bucket',
  userName: 'AWS::IAM::User',
  roleName: 'AWS::IAM::Role',
  groupName: 'AWS::IAM::Group',
  policyArn: 'AWS::IAM::Policy',
  instanceId: 'AWS::EC2::Instance',
  functionName: 'AWS::Lambda::Function',
  topicArn: 'AWS::SNS::Topic',
  stackName: 'AWS::CloudFormation::Stack',
  networkAclId: 'AWS::EC2::NetworkAcl',
  groupId: 'AWS::EC2::SecurityGroup',
};
