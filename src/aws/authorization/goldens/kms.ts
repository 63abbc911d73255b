// A table: what calls of kms need, compared by hand with the KMS permissions reference.
import type { Golden } from './golden.ts';

export const kms: readonly Golden[] = [
  [
    'Encrypt',
    { KeyId: 'k', EncryptionContext: { app: 'a', Key: 'b' } },
    'kms:Encrypt arn:aws:kms:us-west-2:$:key/k kms:EncryptionContext:app=a kms:EncryptionContext:Key=b kms:EncryptionContextKeys=app,Key',
  ],
  ['Decrypt', { CiphertextBlob: 'c' }, 'kms:Decrypt arn:aws:kms:us-west-2:$:ciphertext-key/c'],
  ['Decrypt', { KeyId: 'arn:aws:kms:us-west-2:111122223333:key/k' }, 'kms:Decrypt arn:aws:kms:us-west-2:$:key/k'],
  [
    'ReEncrypt',
    { SourceKeyId: 'a', DestinationKeyId: 'b', SourceEncryptionContext: { app: 'a' } },
    'kms:ReEncryptFrom arn:aws:kms:us-west-2:$:key/a kms:EncryptionContext:app=a kms:EncryptionContextKeys=app',
    'kms:ReEncryptTo arn:aws:kms:us-west-2:$:key/b',
  ],
  ['GenerateDataKey', { KeyId: 'k' }, 'kms:GenerateDataKey arn:aws:kms:us-west-2:$:key/k'],
  [
    'CreateAlias',
    { AliasName: 'alias/x', TargetKeyId: 'k' },
    'kms:CreateAlias arn:aws:kms:us-west-2:$:alias/x,arn:aws:kms:us-west-2:$:key/k',
  ],
  [
    'DeleteAlias',
    { AliasName: 'alias/x' },
    'kms:DeleteAlias arn:aws:kms:us-west-2:$:alias/x,arn:aws:kms:us-west-2:$:key/alias/x',
  ],
  [
    'ScheduleKeyDeletion',
    { KeyId: 'k', PendingWindowInDays: 7 },
    'kms:ScheduleKeyDeletion arn:aws:kms:us-west-2:$:key/k kms:ScheduleKeyDeletionPendingWindowInDays=7',
  ],
  ['DisableKey', { KeyId: 'k' }, 'kms:DisableKey arn:aws:kms:us-west-2:$:key/k'],
  [
    'CreateKey',
    { Tags: [{ TagKey: 'team', TagValue: 'red' }] },
    'kms:CreateKey * aws:RequestTag/team=red aws:TagKeys=team',
  ],
  ['ListKeys', {}, 'kms:ListKeys *'],
];
