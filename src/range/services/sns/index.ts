import { arnPart } from '../../../aws/arn.ts';
import type { Service } from '../../operation.ts';
import { delivery, lambdaDelivery, Publish } from './publish.ts';
import * as subscriptionOperations from './subscriptions.ts';
import { nameOf, policyOf, topics } from './tables.ts';
import * as topicOperations from './topics.ts';

export const sns: Service = {
  name: 'sns',
  operations: { ...subscriptionOperations, ...topicOperations, Publish },
  /** A topic's ARN says whose it is. */
  home(input) {
    const arn = input['TopicArn'] ?? input['TargetArn'] ?? input['SubscriptionArn'] ?? input['ResourceArn'];
    if (typeof arn !== 'string') return undefined;
    const [region, account] = [arnPart(arn, 3), arnPart(arn, 4)];
    return account === '' || region === '' ? undefined : { account, region };
  },
  policies(arn, scope) {
    const topic = topics.get(scope, nameOf(arn));
    if (topic === undefined) return [];
    return [{ kind: 'topic policy', document: policyOf(topic, scope.account).document }];
  },
  tags: (arn, scope) => topics.get(scope, nameOf(arn))?.tags,
  consumers: [delivery, lambdaDelivery],
};
