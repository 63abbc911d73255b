import type { OperationPlan } from '../../../wire/plan.ts';
import { hostLimits } from '../../limits.ts';

type Answer = Record<string, unknown>;

/** Names of the token of an answer and of the request that goes on from it. */
const tokens = [
  ['NextToken', 'NextToken'],
  ['nextToken', 'nextToken'],
  ['NextContinuationToken', 'ContinuationToken'],
  ['NextMarker', 'Marker'],
  ['Marker', 'Marker'],
] as const;
const sizes = ['MaxResults', 'maxResults', 'MaxItems', 'MaxKeys', 'Limit', 'limit'];

export interface Paging {
  readonly maxItems: number | undefined;
  readonly pageSize: number | undefined;
  readonly startingToken: string | undefined;
  readonly off: boolean;
}

/**
 * The CLI goes through all pages by itself and shows them as one.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
 */
export async function allPages(
  plan: OperationPlan,
  input: Answer,
  paging: Paging,
  call: (input: Answer) => Promise<Answer>,
): Promise<Answer> {
  const outputs = new Set(plan.output?.shape.members.map(({ name }) => name));
  const inputs = new Set(plan.input?.shape.members.map(({ name }) => name));
  const token = tokens.find(([from, to]) => outputs.has(from) && inputs.has(to));
  // A page asked for by hand is one page.
  if (token === undefined || paging.off || input[token[1]] !== undefined) return call(input);
  const size = sizes.find((name) => inputs.has(name));
  let next: unknown = paging.startingToken;
  let whole: Answer | undefined;
  for (let page = 0; page < hostLimits.awsPages; page++) {
    const answer = await call({
      ...input,
      ...(next === undefined ? {} : { [token[1]]: next }),
      ...(paging.pageSize === undefined || size === undefined ? {} : { [size]: paging.pageSize }),
    });
    whole = whole === undefined ? answer : joined(whole, answer);
    next = answer[token[0]];
    if (next === undefined || next === '' || answer['IsTruncated'] === false) return without(whole, token[0]);
    if (paging.maxItems !== undefined && longest(whole) >= paging.maxItems) break;
  }
  return cut(without(whole ?? {}, token[0]), paging.maxItems, next);
}

function joined(whole: Answer, more: Answer): Answer {
  const made = { ...whole };
  for (const [name, value] of Object.entries(more)) {
    const before = made[name];
    made[name] = Array.isArray(value) && Array.isArray(before) ? [...before, ...value] : (before ?? value);
  }
  return made;
}

function without(answer: Answer, token: string): Answer {
  const { [token]: _token, IsTruncated: _more, ...rest } = answer;
  return rest;
}

function longest(answer: Answer): number {
  return Math.max(0, ...Object.values(answer).map((value) => (Array.isArray(value) ? value.length : 0)));
}

function cut(answer: Answer, max: number | undefined, next: unknown): Answer {
  if (max === undefined) return answer;
  const kept = Object.entries(answer).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.slice(0, max) : value,
  ]);
  return { ...Object.fromEntries(kept), NextToken: next };
}
