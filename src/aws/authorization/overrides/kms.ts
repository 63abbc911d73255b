import type { Entry, Override, Overrides } from '../table.ts';
import { textAt } from './members.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
const state = (why: string) => ({ from: 'state', why }) as const;
const request = (why: string) => ({ from: 'request', why }) as const;
const context = { t: 'EncryptionContext', tp: 'kms:EncryptionContext:' };
const alias = ['alias!', { Alias: 'Alias' }] as const;
const key = ['key!', '@kms:key:KeyId'] as const;

/** The encryption context is a condition key for each of its pairs. */
const withContext: Override = {
  why: 'Each pair of the encryption context is a key. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context',
  change: context,
};

export const kms: Overrides = {
  operations: {
    Encrypt: withContext,
    GenerateDataKey: withContext,
    GenerateDataKeyWithoutPlaintext: withContext,
    GenerateDataKeyPair: { ...withContext, change: { ...context, k: { 'kms:DataKeyPairSpec': 'KeyPairSpec' } } },
    GenerateDataKeyPairWithoutPlaintext: {
      ...withContext,
      change: { ...context, k: { 'kms:DataKeyPairSpec': 'KeyPairSpec' } },
    },
    Decrypt: {
      why: 'Without KeyId the ciphertext says which key it was. https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html',
      change: { ...context, r: [['key!', '@kms:key:KeyId|@kms:ciphertext-key:CiphertextBlob']] },
    },
    ReEncrypt: {
      why: 'Two permissions, on the key that was and the key that will be. https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html',
      entries: [
        reEncrypt('From', 'Source', '@kms:key:SourceKeyId|@kms:ciphertext-key:CiphertextBlob'),
        reEncrypt('To', 'Destination', '@kms:key:DestinationKeyId'),
      ],
    },
    CreateAlias: onAlias('TargetKeyId'),
    UpdateAlias: onAlias('TargetKeyId'),
    DeleteAlias: onAlias('AliasName'),
    ScheduleKeyDeletion: {
      why: 'The key is the member PendingWindowInDays. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
      change: { r: [key], k: { 'kms:ScheduleKeyDeletionPendingWindowInDays': 'PendingWindowInDays' } },
    },
  },
  keys: {
    'kms:CallerAccount': request('serviceKeysOf: the account of the caller.'),
    'kms:ViaService': request('serviceKeysOf: the service that calls for somebody.'),
    'kms:EncryptionContext:${EncryptionContextKey}': request(
      'The pairs of the encryption context, where the operation has one.',
    ),
    'kms:EncryptionContextKeys': request('The pairs of the encryption context, where the operation has one.'),
    'kms:RequestAlias': state('The alias by which the request names the key.'),
    'kms:ResourceAliases': state('Aliases of the key.'),
    'kms:KeyOrigin': state('Of the key.'),
    'kms:KeySpec': state('Of the key.'),
    'kms:KeyUsage': state('Of the key.'),
    'kms:MultiRegion': state('Of the key.'),
    'kms:MultiRegionKeyType': state('Of the key.'),
    'kms:TrailingDaysWithoutKeyUsage': state('When the key was last used.'),
    'kms:EncryptionAlgorithm': state('Of the key, where the operation has no choice of it.'),
    'kms:RecipientAttestation:*': { from: 'absent', why: 'Nitro enclaves are not built.' },
  },
};

function reEncrypt(way: 'From' | 'To', side: 'Source' | 'Destination', binder: string): Entry {
  return {
    a: `kms:ReEncrypt${way}`,
    r: [['key!', binder]],
    k: { 'kms:EncryptionAlgorithm': `${side}EncryptionAlgorithm` },
    t: `${side}EncryptionContext`,
    tp: 'kms:EncryptionContext:',
  };
}

/** The permission is asked for on the alias and on the key. https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html */
function onAlias(member: string): Override {
  return {
    why: 'Asked for on the alias and on its key.',
    change: { r: [alias, ['key!', `@kms:key:${member}`]], u: [] },
    with: (input) => ({ Alias: textAt(input, 'AliasName')?.replace(/^alias\//, '') }),
  };
}
