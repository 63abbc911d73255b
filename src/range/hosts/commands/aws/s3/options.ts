import { misused, notModelled } from '../errors.ts';

export interface Options {
  readonly values: ReadonlyMap<string, string>;
  readonly places: readonly string[];
  readonly filters: readonly { readonly include: boolean; readonly pattern: string }[];
}

const flags = [
  'recursive',
  'quiet',
  'only-show-errors',
  'no-progress',
  'dryrun',
  'delete',
  'human-readable',
  'summarize',
  'force',
  'size-only',
  'exact-timestamps',
];
const valued = [
  'acl',
  'content-type',
  'storage-class',
  'cache-control',
  'metadata',
  'sse-kms-key-id',
  'page-size',
  'expires-in',
];

export function readOptions(args: readonly string[]): Options {
  const values = new Map<string, string>();
  const places: string[] = [];
  const filters: { include: boolean; pattern: string }[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [, name = '', joined] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const one = () => {
      const value = joined ?? args[++i];
      if (value === undefined) throw misused(`aws: error: argument --${name}: expected one argument`);
      return value;
    };
    if (name === '') places.push(arg);
    else if (flags.includes(name)) values.set(name, '');
    else if (name === 'include' || name === 'exclude') filters.push({ include: name === 'include', pattern: one() });
    else if (name === 'sse')
      values.set('sse', joined ?? (/^(AES256|aws:kms)$/.test(args[i + 1] ?? '') ? one() : 'AES256'));
    else if (valued.includes(name)) values.set(name, one());
    else if (known.includes(name)) throw notModelled(`s3 --${name}`);
    else throw misused(`Unknown options: ${arg}`);
  }
  return { values, places, filters };
}

/** The CLI has them, the hosts do not. */
const known = [
  'grants',
  'website-redirect',
  'content-encoding',
  'content-language',
  'content-disposition',
  'expires',
  'source-region',
  'follow-symlinks',
  'no-follow-symlinks',
  'no-guess-mime-type',
  'metadata-directive',
  'request-payer',
  'expected-size',
];

/** What an upload or a copy says of the object. */
export function writeFacts({ values }: Options): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  const names: Readonly<Record<string, string>> = {
    acl: 'ACL',
    'content-type': 'ContentType',
    'storage-class': 'StorageClass',
    'cache-control': 'CacheControl',
    sse: 'ServerSideEncryption',
    'sse-kms-key-id': 'SSEKMSKeyId',
  };
  for (const [option, member] of Object.entries(names)) {
    const value = values.get(option);
    if (value !== undefined) facts[member] = value;
  }
  const metadata = values.get('metadata');
  if (metadata !== undefined)
    facts['Metadata'] = metadata.trim().startsWith('{')
      ? JSON.parse(metadata)
      : Object.fromEntries(metadata.split(',').map((pair) => pair.split('=')));
  return facts;
}
