import { createHash, generateKeyPairSync } from 'node:crypto';
import { operation } from '../../operation.ts';
import { type DescribeInput, filtered } from './describe.ts';
import { all, kind, newId, type Row, refuse } from './resource.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';

export interface KeyPairRow extends Row {
  readonly name: string;
  readonly fingerprint: string;
  /** OpenSSH form, for the default user of a launched instance. */
  readonly publicKey: string;
  readonly type: 'rsa' | 'ed25519';
  readonly createdAt: number;
}

export const keyPairs = kind<KeyPairRow>({
  prefix: 'key',
  type: 'key-pair',
  notFound: 'InvalidKeyPair.NotFound',
  words: 'The key pair ID',
});

/** A key pair is real luck: outside what a seed reproduces. The private half is answered once and kept nowhere. */
export const CreateKeyPair = operation<{
  KeyName: string;
  KeyType?: string;
  KeyFormat?: string;
  TagSpecifications?: readonly TagSpecification[];
}>({
  trail: {
    seen: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html',
    request: (input) => ({
      keyName: String(input['KeyName']),
      keyType: String(input['KeyType'] ?? 'rsa'),
      keyFormat: String(input['KeyFormat'] ?? 'pem'),
    }),
    response: (output, { requestId }) => ({
      requestId,
      keyName: String(output['KeyName']),
      keyFingerprint: String(output['KeyFingerprint']),
      keyPairId: String(output['KeyPairId']),
      keyMaterial: '<sensitiveDataRemoved>',
    }),
  },
  handle(input, call) {
    if (byName(call, input.KeyName) !== undefined) {
      throw refuse('InvalidKeyPair.Duplicate', `The keypair '${input.KeyName}' already exists.`);
    }
    if (input.KeyType === 'ed25519' || input.KeyFormat === 'ppk') {
      throw refuse('NotImplemented', 'Key pairs other than RSA in PEM are not built in this range yet.');
    }
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    const row: KeyPairRow = {
      id: newId(call, keyPairs),
      name: input.KeyName,
      fingerprint: colons(createHash('sha1').update(der).digest('hex')),
      publicKey: openSsh(pair.publicKey.export({ format: 'jwk' }) as { n: string; e: string }),
      type: 'rsa',
      createdAt: call.time,
      tags: tagsFor('key-pair', input.TagSpecifications, call),
    };
    keyPairs.rows.put(call, row.id, row);
    return {
      KeyName: row.name,
      KeyPairId: row.id,
      KeyFingerprint: row.fingerprint,
      KeyMaterial: pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().trimEnd(),
      Tags: tagSet(row),
    };
  },
});

export const ImportKeyPair = operation<{
  KeyName: string;
  PublicKeyMaterial: Uint8Array;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    if (byName(call, input.KeyName) !== undefined) {
      throw refuse('InvalidKeyPair.Duplicate', `The keypair '${input.KeyName}' already exists.`);
    }
    const text = Buffer.from(input.PublicKeyMaterial).toString().trim();
    const [, type = '', body = ''] = /^(ssh-rsa|ssh-ed25519) ([A-Za-z0-9+/=]+)/.exec(text) ?? [];
    if (body === '') throw refuse('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
    const row: KeyPairRow = {
      id: newId(call, keyPairs),
      name: input.KeyName,
      fingerprint: colons(createHash('md5').update(Buffer.from(body, 'base64')).digest('hex')),
      publicKey: text,
      type: type === 'ssh-rsa' ? 'rsa' : 'ed25519',
      createdAt: call.time,
      tags: tagsFor('key-pair', input.TagSpecifications, call),
    };
    keyPairs.rows.put(call, row.id, row);
    return { KeyName: row.name, KeyPairId: row.id, KeyFingerprint: row.fingerprint, Tags: tagSet(row) };
  },
});

export const DescribeKeyPairs = operation<
  DescribeInput & { KeyNames?: readonly string[]; KeyPairIds?: readonly string[] }
>({
  handle(input, call) {
    for (const name of input.KeyNames ?? []) if (byName(call, name) === undefined) throw noKeyPair(name);
    const named = [...all(keyPairs, call)].filter(
      (row) => (input.KeyNames?.includes(row.name) ?? true) && (input.KeyPairIds?.includes(row.id) ?? true),
    );
    const rows = filtered(named, input.Filters, (row) => ({
      'key-name': row.name,
      'key-pair-id': row.id,
      fingerprint: row.fingerprint,
      ...Object.fromEntries(Object.entries(row.tags).map(([key, value]) => [`tag:${key}`, value])),
    }));
    return {
      KeyPairs: rows.map((row) => ({
        KeyPairId: row.id,
        KeyName: row.name,
        KeyFingerprint: row.fingerprint,
        KeyType: row.type,
        CreateTime: new Date(row.createdAt),
        Tags: tagSet(row),
      })),
    };
  },
});

/** A name that nothing has is no error. */
export const DeleteKeyPair = operation<{ KeyName?: string; KeyPairId?: string }>({
  handle(input, call) {
    const row = [...all(keyPairs, call)].find(({ id, name }) => id === input.KeyPairId || name === input.KeyName);
    if (row !== undefined) keyPairs.rows.remove(call, row.id);
    return { Return: true, ...(row === undefined ? {} : { KeyPairId: row.id }) };
  },
});

export function byName(scope: Parameters<typeof keyPairs.rows.get>[0], name: string): KeyPairRow | undefined {
  return [...all(keyPairs, scope)].find((row) => row.name === name);
}

export function noKeyPair(name: string) {
  return refuse('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
}

function colons(hex: string): string {
  return hex.match(/../g)!.join(':');
}

/** https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
function openSsh({ n, e }: { readonly n: string; readonly e: string }): string {
  const positive = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    return (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  };
  return `ssh-rsa ${Buffer.concat([Buffer.from('ssh-rsa'), positive(e), positive(n)].map(lengthPrefixed)).toString('base64')}`;
}

function lengthPrefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
