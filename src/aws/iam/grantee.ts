import { parseArn } from '../arn.ts';
import type { Principal } from './principal.ts';

/**
 * How closely a Principal element names who calls. It decides which other policies limit the grant:
 * `account` only lets the account decide, `role` is limited by boundary and session policy, `direct` by neither.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export type Closeness = 'none' | 'account' | 'role' | 'direct';

/** A Principal or NotPrincipal element, ready to be compared. */
export interface Grantees {
  readonly everyone: boolean;
  /** ARNs of users, sessions and account roots, account ids. */
  readonly aws: ReadonlySet<string>;
  /** ARNs of roles by `account/name`, because a session's ARN does not tell its role's path. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  /** Entries that cannot be compared with anybody, in words. */
  readonly undecided: readonly string[];
}

/** A sentence instead, where the element has no form that AWS knows. */
export function granteesOf(element: unknown): Grantees | string {
  if (element === '*') return { ...nobody, everyone: true };
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return `the principal ${JSON.stringify(element)} is neither "*" nor an object`;
  }
  const roles = new Map<string, string[]>();
  const found = { everyone: false, aws: new Set<string>(), services: new Set<string>(), providers: new Set<string>() };
  const undecided: string[] = [];
  for (const [type, entry] of Object.entries(element)) {
    for (const name of Array.isArray(entry) ? entry : [entry]) {
      if (typeof name !== 'string') return `the principal ${JSON.stringify(name)} under ${type} is not a string`;
      if (type === 'AWS' && name === '*') found.everyone = true;
      else if (type === 'AWS') addAws(name, found.aws, roles, undecided);
      else if (type === 'Service') found.services.add(name);
      else if (type === 'Federated') found.providers.add(name);
      else if (type === 'CanonicalUser')
        undecided.push(`the canonical user ${name} names no account that is known here`);
      else return `"${type}" is not a type of principal`;
    }
  }
  return { ...found, roles, undecided };
}

const nobody: Grantees = {
  everyone: false,
  aws: new Set(),
  roles: new Map(),
  services: new Set(),
  providers: new Set(),
  undecided: [],
};

function addAws(name: string, aws: Set<string>, roles: Map<string, string[]>, undecided: string[]): void {
  const arn = parseArn(name);
  if (arn?.service === 'iam' && arn.resource.startsWith('role/')) {
    const key = `${arn.account}/${name.slice(name.lastIndexOf('/') + 1)}`;
    roles.set(key, [...(roles.get(key) ?? []), name]);
  }
  // AWS refuses such a document: a wildcard stands for everyone or for nothing.
  if (/[*?]/.test(name)) undecided.push(`the principal "${name}" has a wildcard in the middle of a name`);
  else aws.add(name);
}

/** `roleArn` is the session's role with its path, where it is known. */
export function closenessOf(grantees: Grantees, principal: Principal, roleArn: string | undefined): Closeness {
  if (grantees.everyone) return 'direct';
  const own = layersOf(principal);
  const { aws } = grantees;
  switch (principal.kind) {
    case 'anonymous':
      return 'none';
    case 'service':
      return grantees.services.has(principal.service) || grantees.services.has('*') ? 'direct' : 'none';
    case 'provider':
      return grantees.providers.has(principal.provider) || grantees.providers.has('*') ? 'direct' : 'none';
    case 'root':
      return own.account.some((name) => aws.has(name)) ? 'direct' : 'none';
    case 'role':
      if (aws.has(principal.arn)) return 'role';
      break;
    case 'user':
      if (aws.has(principal.arn)) return 'direct';
      break;
    case 'federated-user':
      if (aws.has(principal.arn)) return 'direct';
      if (principal.issuerArn !== undefined && aws.has(principal.issuerArn)) return 'role';
      break;
    case 'assumed-role':
      if (aws.has(principal.arn)) return 'direct';
      if (namesRole(grantees, principal, roleArn)) return 'role';
  }
  return own.account.some((name) => aws.has(name)) ? 'account' : 'none';
}

/**
 * Whether NotPrincipal spares the caller from a Deny. AWS asks for the account first, then the role, then the session,
 * and denies where one of them is not named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function spares(grantees: Grantees, principal: Principal, roleArn: string | undefined): boolean {
  const close = closenessOf(grantees, principal, roleArn);
  if (grantees.everyone || close === 'none' || close === 'account') return grantees.everyone;
  if (!('account' in principal) || principal.kind === 'root') return true;
  if (!layersOf(principal).account.some((name) => grantees.aws.has(name))) return false;
  if (principal.kind !== 'assumed-role') return close === 'direct' || principal.kind === 'role';
  return close === 'direct' && namesRole(grantees, principal, roleArn);
}

function namesRole(
  grantees: Grantees,
  principal: Principal & { readonly kind: 'assumed-role' },
  roleArn: string | undefined,
): boolean {
  const named = grantees.roles.get(`${principal.account}/${principal.roleName}`);
  return named !== undefined && (roleArn === undefined || named.includes(roleArn));
}

/** The names of the caller's account: its id, and its root's ARN. */
function layersOf(principal: Principal): { readonly account: readonly string[] } {
  if (!('account' in principal)) return { account: [] };
  const partition = principal.arn.slice(4, principal.arn.indexOf(':', 4));
  return { account: [principal.account, `arn:${partition}:iam::${principal.account}:root`] };
}
