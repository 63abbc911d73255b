import { type Kinds, short } from './kind.ts';

/** The policy of a key whose account decides who uses it. */
const ownersPolicy = (account: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    ],
  });

/** What is kept secret, and with which key. */
export const secrets = {
  key: {
    creates: (id, account) => [
      [
        'kms:CreateKey',
        { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT', policy: ownersPolicy(account) },
        { keyMetadata: { keyId: id, arn: `arn:aws:kms:ap-northeast-1:${account}:key/${id}`, keyState: 'Enabled' } },
      ],
      ['kms:CreateAlias', { aliasName: `alias/app-${short(id)}`, targetKeyId: id }],
      ['kms:EnableKeyRotation', { keyId: id }],
    ],
    reads: [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:ListAliases',
    ],
    updates: (id, account) => [
      ['kms:PutKeyPolicy', { keyId: id, policyName: 'default', policy: ownersPolicy(account) }],
    ],
    deletes: (id) => [
      ['kms:DeleteAlias', { aliasName: `alias/app-${short(id)}` }],
      ['kms:ScheduleKeyDeletion', { keyId: id, pendingWindowInDays: 7 }],
    ],
  },
  secret: {
    creates: (id) => [
      ['secretsmanager:CreateSecret', { name: `app/${short(id)}`, clientRequestToken: id }],
      ['secretsmanager:PutSecretValue', { secretId: `app/${short(id)}` }],
    ],
    reads: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue'],
    updates: (id) => [['secretsmanager:PutSecretValue', { secretId: `app/${short(id)}` }]],
    deletes: (id) => [
      ['secretsmanager:DeleteSecret', { secretId: `app/${short(id)}`, forceDeleteWithoutRecovery: true }],
    ],
  },
  parameter: {
    creates: (id) => [['ssm:PutParameter', { name: `/app/${short(id)}`, type: 'SecureString' }]],
    reads: ['ssm:GetParameter', 'ssm:DescribeParameters', 'ssm:ListTagsForResource'],
    updates: (id) => [['ssm:PutParameter', { name: `/app/${short(id)}`, type: 'SecureString', overwrite: true }]],
    deletes: (id) => [['ssm:DeleteParameter', { name: `/app/${short(id)}` }]],
  },
} satisfies Kinds;
