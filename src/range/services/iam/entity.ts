import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, ReadScope, Scope } from '../../operation.ts';
import type { Table } from '../../table.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and each operation's own list. */
export function noSuchEntity(what: 'user' | 'role' | 'group', name: string): AwsError {
  return new AwsError('NoSuchEntity', `The ${what} with name ${name} cannot be found.`, { status: 404 });
}

export function alreadyExists(what: string, name: string): AwsError {
  return new AwsError('EntityAlreadyExists', `${what} with name ${name} already exists.`, { status: 409 });
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, { status: 409 });
}

/** The row, or IAM's refusal. */
export function found<T>(table: Table<T>, scope: ReadScope, what: 'user' | 'role' | 'group', name: string): T {
  const row = table.get(scope, name);
  if (row === undefined) throw noSuchEntity(what, name);
  return row;
}

/** Names are unique without regard to case. */
export function nameTaken<T>(table: Table<T>, scope: Scope, name: string): boolean {
  if (table.get(scope, name) !== undefined) return true;
  const lower = name.toLowerCase();
  for (const [id] of table.list(scope)) if (id.toLowerCase() === lower) return true;
  return false;
}

export function arnOf(
  call: Pick<Call, 'account'>,
  kind: 'user' | 'role' | 'group' | 'policy' | 'instance-profile',
  path: string,
  name: string,
): string {
  return `arn:aws:iam::${call.account}:${kind}${path}${name}`;
}

export interface TagInput {
  readonly Key: string;
  readonly Value: string;
}

export function tagsOf(tags: readonly TagInput[] | undefined): Record<string, string> {
  const keys = (tags ?? []).map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new AwsError('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.', {
      status: 400,
    });
  }
  // AWS documents the rule and the code; the text is ours. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw new AwsError('InvalidInput', "Tag keys that begin with 'aws:' are reserved for AWS.", { status: 400 });
  }
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

export function tagList(tags: Readonly<Record<string, string>>): TagInput[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** IAM answers documents percent-encoded as RFC 3986 has it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function encodeDocument(document: JsonObject): string {
  return encodeURIComponent(JSON.stringify(document)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export interface PageInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** One page of a listing, as every List operation of IAM pages. */
export function page<T, R extends object>(
  rows: Iterable<readonly [string, T]>,
  input: PageInput,
  name: string,
  render: (row: T) => unknown,
): R {
  const size = input.MaxItems ?? 100;
  const after = input.Marker === undefined ? undefined : Buffer.from(input.Marker, 'base64url').toString();
  const shown: unknown[] = [];
  let last = '';
  for (const [id, row] of rows) {
    if (after !== undefined && id <= after) continue;
    if (shown.length === size)
      return { [name]: shown, IsTruncated: true, Marker: Buffer.from(last).toString('base64url') } as unknown as R;
    shown.push(render(row));
    last = id;
  }
  return { [name]: shown, IsTruncated: false } as unknown as R;
}
