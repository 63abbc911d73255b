import { conditionsOf } from './conditions/condition.ts';
import type { Context } from './context.ts';
import { type Grantees, granteesOf } from './grantee.ts';
import { limits } from './limits.ts';
import { type Pattern, patternOf } from './pattern.ts';
import type { Policy, Statement } from './policy.ts';

/** Never throws: what cannot be understood becomes a statement that cannot be evaluated, and says so in every decision. */
export function compile(document: unknown): Policy {
  if (!isObject(document)) return unreadable(`the document is ${JSON.stringify(document)}, not an object`);
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    return unreadable(`the version ${JSON.stringify(version)} is neither 2012-10-17 nor 2008-10-17`);
  }
  const stranger = Object.keys(document).find((name) => !documentElements.has(name));
  if (stranger !== undefined) return unreadable(`"${stranger}" is not an element of a policy`);
  const written = document['Statement'];
  if (written === undefined) return unreadable('the document has no Statement');
  const list: unknown[] = Array.isArray(written) ? written : [written];
  const compiled = list.map((statement, index) => statementOf(statement, index, version === '2012-10-17'));
  const keys = new Map(compiled.flatMap(({ keys }) => keys.map((key) => [key.toLowerCase(), key] as const)));
  return policyOf(
    compiled.map(({ statement }) => statement),
    [...keys.values()],
  );
}

function policyOf(statements: readonly Statement[], keys: readonly string[]): Policy {
  const found = new Map<string, readonly Statement[]>();
  const about = (action: string) => {
    const known = found.get(action);
    if (known !== undefined) return known;
    const covering = statements.filter((statement) => statement.coversAction(action));
    // All at once: hardly a policy is ever asked about so many.
    if (found.size >= limits.actionsKeptMax) found.clear();
    found.set(action, covering);
    return covering;
  };
  return { statements, about, keys };
}

const documentElements = new Set(['Version', 'Id', 'Statement']);
const statementElements = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
]);

interface Compiled {
  readonly statement: Statement;
  readonly keys: readonly string[];
}

function statementOf(written: unknown, index: number, variables: boolean): Compiled {
  if (!isObject(written)) return { statement: broken(`statement ${index} is not an object`, index), keys: [] };
  const sid = typeof written['Sid'] === 'string' && written['Sid'] !== '' ? written['Sid'] : undefined;
  const effect = written['Effect'] === 'Allow' || written['Effect'] === 'Deny' ? written['Effect'] : undefined;
  const action = choiceOf(written, 'Action', { variables: false, wildcards: true, ignoreCase: true });
  const resource = choiceOf(written, 'Resource', { variables, wildcards: true });
  const principals = principalsOf(written);
  const problem = problemOf(written, effect, [action, resource, principals]);
  if (problem !== undefined || typeof action !== 'object' || typeof resource === 'string') {
    return { statement: { ...broken(problem ?? 'Action is missing', index), sid, effect }, keys: [] };
  }
  const conditions = 'Condition' in written ? conditionsOf(written['Condition'], variables) : [];
  const statement: Statement = {
    index,
    sid,
    effect,
    problem: undefined,
    // The other forms of it have become a problem above.
    principals: typeof principals === 'string' ? undefined : principals,
    conditions,
    namesResource: resource !== undefined,
    coversAction: (asked) => matchesAny(action.patterns, asked, noContext) !== action.negated,
    coversResource: resource
      ? (asked, context) => matchesAny(resource.patterns, asked, context) !== resource.negated
      : () => true,
  };
  return { statement, keys: [...(resource?.patterns ?? []), ...conditions].flatMap(({ keys }) => keys) };
}

function matchesAny(patterns: readonly Pattern[], text: string, context: Context): boolean {
  for (const pattern of patterns) if (pattern.matches(text, context)) return true;
  return false;
}

/** Actions have no variables, so nothing is ever asked of it. */
const noContext = { values: () => undefined, single: () => undefined };

interface Choice {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** An element or its negation; a sentence where it is wrong, undefined where there is neither. */
function choiceOf(
  written: Record<string, unknown>,
  name: 'Action' | 'Resource',
  reading: Parameters<typeof patternOf>[1],
): Choice | string | undefined {
  const negated = `Not${name}` in written;
  if (negated && name in written) return `it has both ${name} and Not${name}`;
  if (!negated && !(name in written)) return undefined;
  const value = written[negated ? `Not${name}` : name];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((each) => typeof each === 'string');
  if (list.length === 0) return `${negated ? 'Not' : ''}${name} is an empty list`;
  if (texts.length < list.length) return `${negated ? 'Not' : ''}${name} has a value that is not a string`;
  const bare = name === 'Action' && texts.find((text) => text !== '*' && !text.includes(':'));
  if (typeof bare === 'string') return `the action "${bare}" does not name a service, as in "s3:GetObject"`;
  const stranger = name === 'Resource' && texts.find((text) => !/^(arn:|[*?]|\$\{)/.test(text));
  if (typeof stranger === 'string') return `the resource "${stranger}" is neither an ARN nor "*"`;
  const complete = name === 'Resource' ? texts.flatMap(completed) : texts;
  return { negated, patterns: complete.map((text) => patternOf(text, reading)) };
}

/**
 * An ARN with fewer than six parts also stands for itself with `*` for each that is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function completed(resource: string): string[] {
  const missing = 6 - resource.split(':').length;
  return resource.startsWith('arn:') && missing > 0 ? [resource, resource + ':*'.repeat(missing)] : [resource];
}

function principalsOf(
  written: Record<string, unknown>,
): { readonly negated: boolean; readonly grantees: Grantees } | string | undefined {
  const negated = 'NotPrincipal' in written;
  if (negated && 'Principal' in written) return 'it has both Principal and NotPrincipal';
  if (!negated && !('Principal' in written)) return undefined;
  const grantees = granteesOf(written[negated ? 'NotPrincipal' : 'Principal']);
  return typeof grantees === 'string' ? grantees : { negated, grantees };
}

function problemOf(
  written: Record<string, unknown>,
  effect: Statement['effect'],
  parts: readonly unknown[],
): string | undefined {
  if (effect === undefined) return `its Effect is ${JSON.stringify(written['Effect'])}, neither "Allow" nor "Deny"`;
  const stranger = Object.keys(written).find((name) => !statementElements.has(name));
  if (stranger !== undefined) return `"${stranger}" is not an element of a statement`;
  const wrong = parts.find((part) => typeof part === 'string');
  if (typeof wrong === 'string') return wrong;
  return 'Action' in written || 'NotAction' in written ? undefined : 'it has neither Action nor NotAction';
}

function unreadable(problem: string): Policy {
  return policyOf([broken(problem, 0)], []);
}

function broken(problem: string, index: number): Statement {
  return {
    index,
    sid: undefined,
    effect: undefined,
    problem,
    principals: undefined,
    coversAction: () => true,
    coversResource: () => true,
    namesResource: true,
    conditions: [],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
