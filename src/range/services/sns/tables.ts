import { arnPart } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { frozen } from '../../frozen.ts';
import type { ReadScope } from '../../operation.ts';
import { table } from '../../table.ts';

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** Attributes that were set; `Policy` is kept as text, as it is answered. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly owner: string;
  /** Until it is confirmed: what the mailed link carries. */
  readonly token?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export const topics = table<Topic>('sns', 'topic');
/** By ARN, so that those of one topic lie together. */
export const subscriptions = table<Subscription>('sns', 'subscription');

export function topicOf(scope: ReadScope, arn: string): Topic {
  const parts = arn.split(':').length;
  if (parts < 6) throw invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${parts}`);
  const topic = topics.get(scope, nameOf(arn));
  if (topic === undefined || topic.arn !== arn) throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
  return topic;
}

/** Observed, not documented. */
export function invalid(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`, { status: 400 });
}

export function subscriptionOf(scope: ReadScope, arn: string): Subscription {
  const subscription = subscriptions.get(scope, arn);
  if (subscription === undefined) throw new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
  return subscription;
}

/** `arn:aws:sns:<region>:<account>:<topic>[:<subscription>]` */
export function nameOf(arn: string): string {
  return arnPart(arn, 5);
}

/** The policy in force on a topic, and as text. A row that did not change is the same object: then so is its policy. */
export function policyOf(topic: Topic, owner: string): { readonly document: JsonObject; readonly text: string } {
  const known = policies.get(topic);
  if (known !== undefined) return known;
  const text = topic.attributes['Policy'] ?? JSON.stringify(defaultPolicy(topic.arn, owner));
  const policy = { document: frozen(JSON.parse(text) as JsonObject), text };
  policies.set(topic, policy);
  return policy;
}

const policies = new WeakMap<Topic, { readonly document: JsonObject; readonly text: string }>();

/** What a new topic allows: everything to its owner. https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
function defaultPolicy(arn: string, owner: string): JsonObject {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
      },
    ],
  };
}
