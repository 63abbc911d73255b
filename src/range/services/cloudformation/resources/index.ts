import { invalid, notBuilt } from '../../../../aws/cloudformation/template.ts';
import type { ResourceType } from '../resource-type.ts';
import { cloudtrailTrail } from './cloudtrail-trail.ts';
import { customResource } from './custom-resource.ts';
import { ec2Types } from './ec2.ts';
import { eventsRule } from './events-rule.ts';
import { guarddutyFilter, guarddutyLists } from './guardduty.ts';
import { guarddutyDetector } from './guardduty-detector.ts';
import { iamAccessKey } from './iam-access-key.ts';
import { iamGroup } from './iam-group.ts';
import { iamInstanceProfile } from './iam-instance-profile.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamPolicy } from './iam-policy.ts';
import { iamRole } from './iam-role.ts';
import { iamUser } from './iam-user.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';
import { snsSubscription } from './sns-subscription.ts';
import { snsTopic } from './sns-topic.ts';
import { snsTopicPolicy } from './sns-topic-policy.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { waitCondition, waitConditionHandle } from './wait-condition.ts';

const types: ReadonlyMap<string, ResourceType> = new Map(
  [
    cloudtrailTrail,
    customResource,
    ...ec2Types,
    eventsRule,
    guarddutyDetector,
    guarddutyFilter,
    ...guarddutyLists,
    iamAccessKey,
    iamGroup,
    iamInstanceProfile,
    iamManagedPolicy,
    iamPolicy,
    iamUser,
    iamRole,
    lambdaFunction,
    lambdaPermission,
    logsLogGroup,
    s3Bucket,
    s3BucketPolicy,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    ssmParameter,
    waitCondition,
    waitConditionHandle,
  ].map((each) => [each.type, each]),
);

export function typeOf(name: string): ResourceType {
  const type = /^Custom::[\w@-]{1,60}$/.test(name) ? customResource : types.get(name);
  if (type !== undefined) return type;
  if (/^(AWS|Alexa|Custom)::\w+(::\w+)?$/.test(name)) throw notBuilt(`The resource type ${name}`);
  throw invalid(`Template format error: Unrecognized resource types: [${name}]`);
}
