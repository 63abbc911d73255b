import { percentDecoded } from '../aws/percent.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** A policy document as records carry it: an object, its text, or its URL-encoded text. Undefined if it is none. */
export function policyOf(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  const text = value.startsWith('%7B') ? percentDecoded(value) : value;
  try {
    const parsed: Json = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function statementsOf(value: Json | undefined): readonly JsonObject[] {
  const statements = policyOf(value)?.['Statement'];
  return listed(statements).filter(isObject);
}

/** Whether the statement lets everybody in: an Allow for `*` that no condition narrows to somebody known. */
export function allowsEveryone(statement: JsonObject): boolean {
  return statement['Effect'] === 'Allow' && principalsOf(statement).includes('*') && !isNarrowed(statement);
}

/** Account ids, ARNs, services and `*` of a statement's Principal. */
export function principalsOf(statement: JsonObject): readonly string[] {
  const principal = statement['Principal'];
  if (!isObject(principal)) return listed(principal).filter(isText);
  return Object.values(principal).flatMap((each) => listed(each).filter(isText));
}

/** The account ids that a statement's AWS principals name. */
export function accountsOf(statement: JsonObject): readonly string[] {
  return principalsOf(statement).flatMap(
    (principal) => /^(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? [],
  );
}

/** The actions of a statement, in lower case. */
export function actionsOf(statement: JsonObject): readonly string[] {
  return listed(statement['Action'])
    .filter(isText)
    .map((action) => action.toLowerCase());
}

/** Whether the statement allows everything on everything. */
export function allowsEverything(statement: JsonObject): boolean {
  const resources = listed(statement['Resource']);
  return statement['Effect'] === 'Allow' && actionsOf(statement).some(isAll) && resources.includes('*');
}

function isAll(action: string): boolean {
  return action === '*' || action === '*:*';
}

/** All texts under a dotted path, whatever lists lie on the way: `items.ipRanges.items.cidrIp`. */
export function textsUnder(value: Json | undefined, path: string): readonly string[] {
  return valuesUnder(value, path === '' ? [] : path.split('.')).filter(isText);
}

/** The objects at a path, through lists: for conditions that must hold within one of them. */
export function objectsUnder(value: Json | undefined, path: string): readonly JsonObject[] {
  return valuesUnder(value, path === '' ? [] : path.split('.')).filter(isObject);
}

function valuesUnder(value: Json | undefined, [name, ...below]: readonly string[]): readonly Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item: Json) => valuesUnder(item, name === undefined ? [] : [name, ...below]));
  if (name === undefined) return [value];
  return isObject(value) ? valuesUnder(value[name], below) : [];
}

/**
 * The keys by which AWS itself holds a policy for not public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const narrowing = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceip',
  'aws:userid',
  'aws:username',
  // Those of other services, in the policies that their consoles write.
  'aws:sourceowner',
  'kms:calleraccount',
  'elasticfilesystem:accessedviamounttarget',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

function isNarrowed(statement: JsonObject): boolean {
  const conditions = statement['Condition'];
  if (!isObject(conditions)) return false;
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      !operator.includes('Not') &&
      !operator.endsWith('IfExists') &&
      isObject(keys) &&
      Object.entries(keys).some(
        ([key, values]) => narrowing.has(key.toLowerCase()) && !listed(values).some(isAnything),
      ),
  );
}

function isAnything(value: Json): boolean {
  return value === '*' || value === '0.0.0.0/0' || value === '::/0';
}

function listed(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
