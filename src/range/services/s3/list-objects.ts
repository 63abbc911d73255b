import { operation, type ReadScope } from '../../operation.ts';
import { invalidArgument } from './errors.ts';
import { pageSizeMax } from './limits.ts';
import { bucketOf, objects, type StoredObject } from './tables.ts';
import { dataTrail } from './trail.ts';

interface ListInput {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly EncodingType?: string;
  readonly MaxKeys?: number;
}

export const ListObjects = operation<ListInput & { Marker?: string }>({
  trail: dataTrail(),
  handle(input, call) {
    bucketOf(call, input.Bucket);
    const page = pageOf(call, input, input.Marker);
    const write = writer(input.EncodingType);
    return {
      ...head(input, write),
      Marker: write(input.Marker ?? ''),
      IsTruncated: page.next !== undefined,
      ...shown(page, write, true),
      ...(page.next !== undefined && input.Delimiter ? { NextMarker: write(page.next) } : {}),
    };
  },
});

export const ListObjectsV2 = operation<
  ListInput & { ContinuationToken?: string; StartAfter?: string; FetchOwner?: boolean }
>({
  // CloudTrail knows one name for both: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
  trail: dataTrail('list-type', { name: 'ListObjects' }),
  handle(input, call) {
    bucketOf(call, input.Bucket);
    const page = pageOf(
      call,
      input,
      input.ContinuationToken === undefined ? input.StartAfter : keyIn(input.ContinuationToken),
    );
    const write = writer(input.EncodingType);
    return {
      ...head(input, write),
      ...(input.StartAfter === undefined ? {} : { StartAfter: write(input.StartAfter) }),
      ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
      IsTruncated: page.next !== undefined,
      KeyCount: page.contents.length + page.prefixes.length,
      ...shown(page, write, input.FetchOwner === true),
      ...(page.next === undefined ? {} : { NextContinuationToken: tokenOf(page.next) }),
    };
  },
});

interface Page {
  readonly contents: readonly StoredObject[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of this page, where more follows. */
  readonly next?: string;
}

/** Walks the keys in byte order and leaps over what lies under a common prefix, so that a page costs what it shows. */
function pageOf(scope: ReadScope, input: ListInput, after: string | undefined): Page {
  const { Prefix: prefix = '', Delimiter: delimiter = '' } = input;
  const limit = limitOf(input.MaxKeys);
  const contents: StoredObject[] = [];
  const prefixes: string[] = [];
  const home = `${input.Bucket}/`;
  const groupOf = (key: string) => {
    const at = delimiter === '' || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length);
    return at < 0 ? undefined : key.slice(0, at + delimiter.length);
  };
  let from = after === undefined ? undefined : (endOf(groupOf(after)) ?? after);
  let last = '';
  for (let leap = true; leap; ) {
    leap = false;
    const range = { prefix: home + prefix, ...(from === undefined ? {} : { after: home + from }) };
    for (const [, stored] of objects.list(scope, range)) {
      if (stored.deleteMarker === true) continue;
      if (contents.length + prefixes.length === limit)
        return limit === 0 ? { contents, prefixes } : { contents, prefixes, next: last };
      const group = groupOf(stored.key);
      if (group === undefined) contents.push(stored);
      else prefixes.push(group);
      last = group ?? stored.key;
      if (group === undefined) continue;
      from = endOf(group)!;
      leap = true;
      break;
    }
  }
  return { contents, prefixes };
}

/** After every key that starts so: no key holds the last code point behind it. */
function endOf(group: string | undefined): string | undefined {
  return group === undefined ? undefined : `${group}\u{10ffff}`;
}

export function limitOf(given: number | undefined): number {
  if (given === undefined) return pageSizeMax;
  if (given < 0)
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', given);
  return Math.min(given, pageSizeMax);
}

function head(input: ListInput, write: (text: string) => string) {
  return {
    Name: input.Bucket,
    Prefix: write(input.Prefix ?? ''),
    MaxKeys: limitOf(input.MaxKeys),
    ...(input.Delimiter ? { Delimiter: write(input.Delimiter) } : {}),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
  };
}

function shown({ contents, prefixes }: Page, write: (text: string) => string, withOwner: boolean) {
  return {
    Contents: contents.map((stored) => ({
      Key: write(stored.key),
      ...shownObject(stored),
      ...(withOwner ? { Owner: { ID: stored.owner } } : {}),
    })),
    CommonPrefixes: prefixes.map((each) => ({ Prefix: write(each) })),
  };
}

export function shownObject({ modifiedAt, etag, content, headers, checksum }: StoredObject) {
  const algorithms = Object.keys(checksum).map((name) => name.slice('Checksum'.length));
  return {
    LastModified: new Date(modifiedAt),
    ETag: `"${etag}"`,
    ...(algorithms.length === 0 ? {} : { ChecksumAlgorithm: algorithms, ChecksumType: 'FULL_OBJECT' }),
    Size: content.size,
    StorageClass: headers['StorageClass'] ?? 'STANDARD',
  };
}

export function writer(encoding: string | undefined): (text: string) => string {
  if (encoding !== 'url') return (text) => text;
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function keyIn(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (token !== '' && tokenOf(key) === token) return key;
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
}
