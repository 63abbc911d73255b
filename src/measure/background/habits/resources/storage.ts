import type { JsonObject } from '../../../../model/json.ts';
import { type Kinds, short } from './kind.ts';

const onlyTls = (bucket: string, account: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Sid: 'app',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:role/app` },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:aws:s3:::${bucket}/*`,
    },
  ],
});

/** Load balancers of older regions write their logs from an account of AWS. */
const balancerLogs = (bucket: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::582318560864:root' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
    },
  ],
});

/** What keeps data. */
export const storage = {
  bucket: {
    creates: (id, account) => {
      const bucketName = `app-${short(id)}`;
      return [
        ['s3:CreateBucket', { bucketName, CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' } }],
        ['s3:PutBucketTagging', { bucketName }],
        [
          's3:PutBucketPublicAccessBlock',
          {
            bucketName,
            publicAccessBlock: '',
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              IgnorePublicAcls: true,
              BlockPublicPolicy: true,
              RestrictPublicBuckets: true,
            },
          },
        ],
        [
          's3:PutBucketEncryption',
          {
            bucketName,
            ServerSideEncryptionConfiguration: {
              Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
            },
          },
        ],
        ['s3:PutBucketVersioning', { bucketName, VersioningConfiguration: { Status: 'Enabled' } }],
        ['s3:PutBucketPolicy', { bucketName, bucketPolicy: onlyTls(bucketName, account) }],
        [
          's3:PutBucketLifecycle',
          {
            bucketName,
            LifecycleConfiguration: {
              Rule: { ID: 'old', Status: 'Enabled', Filter: '', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            },
          },
        ],
      ];
    },
    reads:
      's3:GetBucketPolicy s3:GetBucketAcl s3:GetBucketVersioning s3:GetBucketEncryption s3:GetBucketPublicAccessBlock s3:GetBucketLifecycle s3:GetBucketLogging s3:GetBucketTagging'.split(
        ' ',
      ),
    updates: (id, account) => [
      ['s3:PutBucketPolicy', { bucketName: `app-${short(id)}`, bucketPolicy: onlyTls(`app-${short(id)}`, account) }],
    ],
    deletes: (id) => [
      ['s3:DeleteBucketPolicy', { bucketName: `app-${short(id)}` }],
      ['s3:DeleteBucketPublicAccessBlock', { bucketName: `app-${short(id)}`, publicAccessBlock: '' }],
      ['s3:DeleteBucket', { bucketName: `app-${short(id)}` }],
    ],
  },
  logBucket: {
    creates: (id) => [
      ['s3:CreateBucket', { bucketName: `lb-logs-${short(id)}` }],
      [
        's3:PutBucketPolicy',
        { bucketName: `lb-logs-${short(id)}`, bucketPolicy: balancerLogs(`lb-logs-${short(id)}`) },
      ],
      [
        's3:PutBucketLifecycle',
        {
          bucketName: `lb-logs-${short(id)}`,
          LifecycleConfiguration: { Rule: { ID: 'old', Status: 'Enabled', Filter: '', Expiration: { Days: 90 } } },
        },
      ],
    ],
    reads: ['s3:GetBucketPolicy', 's3:GetBucketLifecycle'],
    updates: (id) => [
      [
        's3:PutBucketPolicy',
        { bucketName: `lb-logs-${short(id)}`, bucketPolicy: balancerLogs(`lb-logs-${short(id)}`) },
      ],
    ],
    deletes: (id) => [
      ['s3:DeleteBucketPolicy', { bucketName: `lb-logs-${short(id)}` }],
      ['s3:DeleteBucket', { bucketName: `lb-logs-${short(id)}` }],
    ],
  },
  database: {
    creates: (id) => [
      ['rds:CreateDBSubnetGroup', { dBSubnetGroupName: `app-${short(id)}` }],
      [
        'rds:CreateDBInstance',
        {
          dBInstanceIdentifier: `app-${short(id)}`,
          engine: 'postgres',
          dBInstanceClass: 'db.t4g.medium',
          masterUsername: 'app',
          masterUserPassword: '****',
          publiclyAccessible: false,
          storageEncrypted: true,
          deletionProtection: false,
        },
      ],
    ],
    reads: ['rds:DescribeDBInstances', 'rds:ListTagsForResource', 'rds:DescribeDBSubnetGroups'],
    updates: (id) => [
      [
        'rds:ModifyDBInstance',
        {
          dBInstanceIdentifier: `app-${short(id)}`,
          backupRetentionPeriod: 7,
          applyImmediately: true,
          allowMajorVersionUpgrade: false,
        },
      ],
    ],
    deletes: (id) => [
      [
        'rds:DeleteDBInstance',
        { dBInstanceIdentifier: `app-${short(id)}`, skipFinalSnapshot: true, deleteAutomatedBackups: true },
      ],
      ['rds:DeleteDBSubnetGroup', { dBSubnetGroupName: `app-${short(id)}` }],
    ],
  },
  table: {
    creates: (id) => [
      ['dynamodb:CreateTable', { tableName: `app-${short(id)}` }],
      ['dynamodb:UpdateContinuousBackups', { tableName: `app-${short(id)}` }],
    ],
    reads: [
      'dynamodb:DescribeTable',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:DescribeTimeToLive',
      'dynamodb:ListTagsOfResource',
    ],
    updates: (id) => [['dynamodb:UpdateTable', { tableName: `app-${short(id)}` }]],
    deletes: (id) => [['dynamodb:DeleteTable', { tableName: `app-${short(id)}` }]],
  },
} satisfies Kinds;
