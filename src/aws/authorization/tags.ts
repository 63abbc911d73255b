import { compilePath } from './binder.ts';

type Input = Readonly<Record<string, unknown>>;
type Keys = Record<string, string | readonly string[]>;

/**
 * `aws:RequestTag/<key>` and `aws:TagKeys` from the request's tags, in any of AWS's spellings: a list of pairs, a map,
 * or a list of keys (of an untag operation).
 * Others look alike: `s3:RequestObjectTag/<key>` with `s3:RequestObjectTagKeys`, `kms:EncryptionContext:<key>` with
 * `kms:EncryptionContextKeys`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag
 */
export function compileTags(path: string, prefix = 'aws:RequestTag/'): (input: Input, keys: Keys) => void {
  const read = compilePath(path);
  // In a map `Key` is a tag like any other.
  const isMap = !path.includes('[]');
  return (input, keys) => {
    const names: string[] = [];
    for (const tag of read(input)) {
      for (const [key, value] of isMap ? entriesIn(tag) : pairsOf(tag)) {
        names.push(key);
        if (value !== undefined) keys[prefix + key] = value;
      }
    }
    if (names.length > 0) keys[prefix === 'aws:RequestTag/' ? 'aws:TagKeys' : `${prefix.slice(0, -1)}Keys`] = names;
  };
}

function pairsOf(tag: unknown): readonly (readonly [string, string | undefined])[] {
  if (typeof tag === 'string') return [[tag, undefined]];
  if (typeof tag !== 'object' || tag === null) return [];
  const fields = tag as Input;
  const key = fields['Key'] ?? fields['key'] ?? fields['TagKey'] ?? fields['tagKey'];
  if (typeof key === 'string') {
    const value = fields['Value'] ?? fields['value'] ?? fields['TagValue'] ?? fields['tagValue'];
    return [[key, typeof value === 'string' ? value : '']];
  }
  return [];
}

function entriesIn(map: unknown): readonly (readonly [string, string])[] {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return [];
  return Object.entries(map).map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const);
}
