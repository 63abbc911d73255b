import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';

/** Names and values in order of a form body or query string, decoded. A name without `=` has the value ''. */
export function parseForm(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  if (text === '') return pairs;
  for (const part of text.split('&')) {
    if (part === '') continue;
    if (pairs.length === limits.parameters) throw malformedQuery();
    const equals = part.indexOf('=');
    pairs.push(equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]);
  }
  return pairs;
}

const encoded = /[%+]/;

function decode(text: string): string {
  if (!encoded.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformedQuery();
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and the query services' common errors. */
function malformedQuery(): AwsError {
  return new AwsError('MalformedQueryString', 'The query string contains a syntax error.', { status: 400 });
}

export interface FormNode {
  value: string | undefined;
  /** Most parameters are leaves, which have none. */
  children: Map<string, FormNode> | undefined;
}

/** `Tags.member.1.Key=a` as a tree. */
export function formTree(pairs: readonly (readonly [string, string])[]): FormNode {
  const root: FormNode = { value: undefined, children: undefined };
  for (const [name, value] of pairs) {
    if (!name.includes('.')) {
      childOf(root, name).value = value;
      continue;
    }
    const parts = name.split('.');
    if (parts.length > limits.depth) throw malformedQuery();
    let node = root;
    for (const part of parts) node = childOf(node, part);
    node.value = value;
  }
  return root;
}

function childOf(node: FormNode, name: string): FormNode {
  node.children ??= new Map();
  let child = node.children.get(name);
  if (child === undefined) {
    child = { value: undefined, children: undefined };
    node.children.set(name, child);
  }
  return child;
}

/** The children whose names are numbers, in that order. */
export function numbered(node: FormNode): FormNode[] {
  const found: [number, FormNode][] = [];
  for (const [name, child] of node.children ?? []) if (/^\d+$/.test(name)) found.push([Number(name), child]);
  return found.sort(([left], [right]) => left - right).map(([, child]) => child);
}
