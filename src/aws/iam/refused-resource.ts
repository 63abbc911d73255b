import type { EvaluationRequest } from './request.ts';

/**
 * How a refusal names what it refuses. Services leave it out for an action that has no resource; IAM and Lambda do not.
 * S3 quotes it. IAM says «user alice» where others print an ARN. Observed in AWS's messages, not documented.
 */
export function refusedResource({ action, resource }: Pick<EvaluationRequest, 'action' | 'resource'>): string {
  const [service = '', name = ''] = action.split(':');
  if (service === 'iam') return ofIam(name, resource);
  if (resource !== '*') return service === 's3' ? `"${resource}"` : resource;
  return service === 'lambda' ? '*' : '';
}

function ofIam(action: string, resource: string): string {
  if (action === 'ListPolicies') return 'policy path /';
  const [, type = '', path = ''] = /^arn:[^:]+:iam::[^:]*:([\w-]+)\/(.+)$/.exec(resource) ?? [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (type === 'policy')
    return printsArn.test(action) ? resource : `policy ${action === 'CreatePolicy' ? name : resource}`;
  const word = words[type];
  return word === undefined || printsArn.test(action) ? resource : `${word} ${name}`;
}

const words: Readonly<Record<string, string>> = {
  user: 'user',
  role: 'role',
  group: 'group',
  'instance-profile': 'instance profile',
};

/** What does not exist yet, is listed by path, is tagged, passed or looked at by its ARN. */
const printsArn =
  /^(Create(User|Role|Group|InstanceProfile|ServiceLinkedRole)|List(Users|Roles|Groups|InstanceProfiles)|PassRole|.*Tags?|(Un)?Tag.*|Simulate.*|GetContextKeys.*|Generate.*|ListPoliciesGrantingServiceAccess)$/;
