import type { AuthorizationFacts, Requirement } from '../requirement.ts';

/** One call and what it needs, a line each: `<action> <resource> <key>=<value> ...`; a list of resources or values by `,`. */
export type Golden = readonly [operation: string, input: Readonly<Record<string, unknown>>, ...needs: string[]];

/** State as the tables below assume it: names have no path, unless they begin with it, and everything is in the account. */
export const facts: AuthorizationFacts = {
  partition: 'aws',
  account: '111122223333',
  region: 'us-west-2',
  callerArn: 'arn:aws:iam::111122223333:user/caller',
  resolve: (name, value) => {
    if (String(value).startsWith('arn:')) return undefined;
    const [service = '', kind = ''] = name.split(':');
    const region = service === 'iam' ? '' : 'us-west-2';
    return `arn:aws:${service}:${region}:111122223333:${kind}/${String(value)}`;
  },
};

/** `$` stands for the account, so that lines stay short. */
export function line(requirement: Requirement): string {
  if (requirement.kind === 'undecided') return `${requirement.action} undecided: ${requirement.cause}`;
  const keys = Object.entries(requirement.keys).map(([key, value]) => `${key}=${String(value)}`);
  return [requirement.action, requirement.resources.join(','), ...keys].join(' ').replaceAll('111122223333', '$');
}
