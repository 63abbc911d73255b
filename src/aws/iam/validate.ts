import { operatorNamed } from './conditions/operators.ts';
import { arnComplaint } from './resource-syntax.ts';

export type DocumentKind = 'identity' | 'trust' | 'resource';

/**
 * AWS's complaint about a policy document (the message of MalformedPolicyDocument), or undefined when it is accepted.
 * AWS does not list these texts; they are as its API answers them (observed, not documented). The elements' rules are at
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function complaintAbout(text: string, kind: DocumentKind): string | undefined {
  const document = parsed(text);
  if (kind === 'identity') return isObject(document) ? complaintAboutDocument(document, kind) : syntaxErrors;
  if (document === undefined) return 'This policy contains invalid Json';
  return isObject(document) ? complaintAboutDocument(document, kind) : syntaxErrors;
}

const syntaxErrors = 'Syntax errors in policy.';

function complaintAboutDocument(document: Record<string, unknown>, kind: DocumentKind): string | undefined {
  const { Version: version, Id: id, Statement: statement, ...strangers } = document;
  if (Object.keys(strangers).length > 0) return syntaxErrors;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') return syntaxErrors;
  if (id !== undefined && typeof id !== 'string') return syntaxErrors;
  if (statement === undefined) return syntaxErrors;
  const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
  if (!statements.every(isObject)) return syntaxErrors;
  if (kind !== 'identity' && statements.length === 0) return syntaxErrors;
  const shape = firstOf(statements, (each) => shapeComplaint(each));
  if (shape !== undefined) return shape;
  // Trust and resource policies may still be of the old version, identity policies not.
  if (kind === 'identity' && version !== '2012-10-17') return 'Policy document must be version 2012-10-17 or greater.';
  const said = firstOf(statements, (each) => statementComplaint(each, kind));
  if (said !== undefined) return said;
  const sids = statements.flatMap((each) =>
    typeof each['Sid'] === 'string' && each['Sid'] !== '' ? [each['Sid']] : [],
  );
  return new Set(sids).size < sids.length ? 'Statement IDs (SID) in a single policy must be unique.' : undefined;
}

const elements = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
]);

/** What no kind of policy may contain, whatever it says. */
function shapeComplaint(statement: Record<string, unknown>): string | undefined {
  const { Sid: sid, Effect: effect, Condition: condition } = statement;
  if (Object.keys(statement).some((name) => !elements.has(name))) return syntaxErrors;
  if (effect !== 'Allow' && effect !== 'Deny') return syntaxErrors;
  if (sid !== undefined && (typeof sid !== 'string' || !/^[A-Za-z0-9 ]*$/.test(sid))) return syntaxErrors;
  for (const name of ['Action', 'Resource', 'Principal']) {
    if (name in statement && `Not${name}` in statement) return syntaxErrors;
  }
  for (const name of ['Action', 'NotAction', 'Resource', 'NotResource']) {
    if (name in statement && textsOf(statement[name]) === undefined) return syntaxErrors;
  }
  return condition === undefined || isCondition(condition) ? undefined : syntaxErrors;
}

function isCondition(block: unknown): boolean {
  if (!isObject(block)) return false;
  return Object.entries(block).every(
    ([name, keys]) =>
      operatorNamed(name) !== undefined &&
      isObject(keys) &&
      Object.values(keys).every((value) => (Array.isArray(value) ? value : [value]).every(isScalar)),
  );
}

function statementComplaint(statement: Record<string, unknown>, kind: DocumentKind): string | undefined {
  const actions = textsOf(statement['Action'] ?? statement['NotAction']) ?? [];
  const resources = textsOf(statement['Resource'] ?? statement['NotResource']) ?? [];
  const hasPrincipal = 'Principal' in statement || 'NotPrincipal' in statement;
  if (kind === 'identity') {
    if (hasPrincipal) return 'Policy document should not specify a principal.';
    if (actions.length === 0) return 'Policy statement must contain actions.';
    if (resources.length === 0) return 'Policy statement must contain resources.';
    return firstOf(actions, actionComplaint) ?? firstOf(resources, arnComplaint);
  }
  if (kind === 'trust') {
    for (const name of ['Resource', 'NotResource', 'NotPrincipal']) {
      if (name in statement) return `Has prohibited field ${name}`;
    }
  }
  if (!hasPrincipal) return 'Missing required field Principal';
  if (actions.length === 0) return 'Missing required field Action';
  const wrong = firstOf(actions, actionComplaint);
  if (wrong !== undefined) return wrong;
  if (kind === 'trust' && !actions.every((action) => action === '*' || /^sts:/i.test(action))) {
    return 'AssumeRole policy may only specify STS AssumeRole actions.';
  }
  return principalComplaint(statement['Principal'] ?? statement['NotPrincipal']);
}

function actionComplaint(action: string): string | undefined {
  if (action === '*') return undefined;
  const [vendor = '', name, ...more] = action.split(':');
  if (name === undefined) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  return /^[A-Za-z0-9*?-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}

const principalTypes = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalComplaint(principal: unknown): string | undefined {
  if (principal === '*') return undefined;
  if (!isObject(principal) || Object.keys(principal).length === 0) return 'Invalid principal in policy.';
  return firstOf(Object.entries(principal), ([type, value]) => {
    const names = textsOf(value);
    if (!principalTypes.has(type) || !names || names.length === 0) return 'Invalid principal in policy.';
    const wrong = names.find((name) => type === 'AWS' && !isAwsPrincipal(name));
    return wrong === undefined ? undefined : `Invalid principal in policy: "${type}":"${wrong}"`;
  });
}

function isAwsPrincipal(name: string): boolean {
  if (name === '*' || /^\d{12}$/.test(name) || /^A(IDA|ROA)[A-Z0-9]{12,}$/.test(name)) return true;
  return (
    /^arn:aws[a-z-]*:iam::(\d{12}:(root|user\/[^*?]+|role\/[^*?]+)|cloudfront:user\/[^*?]+)$/.test(name) ||
    /^arn:aws[a-z-]*:sts::\d{12}:(assumed-role\/[^*?/]+\/[^*?/]+|federated-user\/[^*?]+|self)$/.test(name)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function firstOf<T>(items: readonly T[], complaint: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const said = complaint(item);
    if (said !== undefined) return said;
  }
  return undefined;
}

function textsOf(value: unknown): string[] | undefined {
  const list: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const texts = list.filter((each) => typeof each === 'string');
  return texts.length === list.length ? texts : undefined;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
