import { AwsError } from '../../../aws/error.ts';
import { complaintAbout } from '../../../aws/iam/validate.ts';
import type { JsonObject } from '../../../model/json.ts';
import { operation } from '../../operation.ts';
import { resourcePoliciesMax, resourcePolicyBytesMax } from './limits.ts';
import { invalid, notBuilt, notFound, resourcePolicies } from './tables.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
export const PutResourcePolicy = operation<{
  policyName?: string;
  policyDocument?: string;
  resourceArn?: string;
}>({
  handle(input, call) {
    if (input.resourceArn !== undefined) throw notBuilt('a resource policy on one log group');
    const { policyName: name, policyDocument: text } = input;
    if (name === undefined || text === undefined) throw invalid('policyName and policyDocument must be specified.');
    if (Buffer.byteLength(text) > resourcePolicyBytesMax || complaintAbout(text, 'resource') !== undefined) {
      throw invalid('Policy document is invalid');
    }
    const others = [...resourcePolicies.list(call)].filter(([other]) => other !== name);
    if (others.length >= resourcePoliciesMax) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.', { status: 400 });
    }
    resourcePolicies.put(call, name, { document: JSON.parse(text) as JsonObject, text, at: call.time });
    return { resourcePolicy: described(name, { text, at: call.time }) };
  },
});

export const DescribeResourcePolicies = operation({
  handle: (_input, call) => ({
    resourcePolicies: [...resourcePolicies.list(call)].map(([name, row]) => described(name, row)),
  }),
});

export const DeleteResourcePolicy = operation<{ policyName?: string; resourceArn?: string }>({
  handle(input, call) {
    if (input.resourceArn !== undefined) throw notBuilt('a resource policy on one log group');
    const name = input.policyName ?? '';
    if (resourcePolicies.get(call, name) === undefined) {
      throw notFound(`Policy with name [${name}] does not exist`);
    }
    resourcePolicies.remove(call, name);
    return {};
  },
});

function described(policyName: string, { text, at }: { readonly text: string; readonly at: number }) {
  return { policyName, policyDocument: text, lastUpdatedTime: at };
}
