import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, isForeign } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onCall } from '../../on-call.ts';
import { accountsOf, allowsEveryone, statementsOf } from '../../policies.ts';
import type { World } from '../../world.ts';

// A policy on a resource lets in who is not of these accounts, or everybody.

interface Opened {
  readonly type: string;
  readonly what: Words;
  readonly calls: string;
  /** Where a record has the policy, one place a way of writing it. */
  readonly policies: readonly string[];
  /** Where a record names principals instead of a policy. */
  readonly principals?: string;
  readonly target: readonly string[];
  /** The request of the first call that carries the policy. */
  readonly request: (policy: string) => JsonObject;
}

const rows: readonly Opened[] = [
  {
    type: 'Custom:SQSQueue/PolicyOpened',
    what: { en: 'A queue', ja: 'SQS キュー' },
    calls: 'sqs:SetQueueAttributes sqs:CreateQueue sqs:AddPermission',
    principals: 'requestParameters.aWSAccountIds',
    policies: ['requestParameters.attributes.Policy', 'requestParameters.attribute.Policy'],
    target: ['requestParameters.queueUrl', 'requestParameters.queueName'],
    request: (Policy) => ({ queueUrl: 'q', attributes: { Policy } }),
  },
  {
    type: 'Custom:SNSTopic/PolicyOpened',
    what: { en: 'A topic', ja: 'SNS トピック' },
    calls: 'sns:SetTopicAttributes sns:CreateTopic sns:AddPermission',
    principals: 'requestParameters.aWSAccountId',
    policies: ['requestParameters.attributeValue', 'requestParameters.attributes.Policy'],
    target: ['requestParameters.topicArn', 'requestParameters.name'],
    request: (attributeValue) => ({ topicArn: 't', attributeName: 'Policy', attributeValue }),
  },
  {
    type: 'Custom:KMSKey/PolicyOpened',
    what: { en: 'An encryption key', ja: '暗号鍵' },
    calls: 'kms:PutKeyPolicy kms:CreateKey',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.keyId', 'responseElements.keyMetadata.keyId'],
    request: (policy) => ({ keyId: 'k', policyName: 'default', policy }),
  },
  {
    type: 'Custom:Secret/PolicyOpened',
    what: { en: 'A secret', ja: 'シークレット' },
    calls: 'secretsmanager:PutResourcePolicy',
    policies: ['requestParameters.resourcePolicy'],
    target: ['requestParameters.secretId'],
    request: (resourcePolicy) => ({ secretId: 's', resourcePolicy }),
  },
  {
    type: 'Custom:ECRRepository/PolicyOpened',
    what: { en: 'A repository of images', ja: 'コンテナイメージのリポジトリ' },
    calls: 'ecr:SetRepositoryPolicy ecr:PutRegistryPolicy',
    policies: ['requestParameters.policyText'],
    target: ['requestParameters.repositoryName'],
    request: (policyText) => ({ repositoryName: 'web', policyText }),
  },
  {
    type: 'Custom:OpenSearchDomain/PolicyOpened',
    what: { en: 'A search domain', ja: 'OpenSearch ドメイン' },
    calls: `es:UpdateElasticsearchDomainConfig es:CreateElasticsearchDomain es:UpdateDomainConfig es:CreateDomain
      opensearch:UpdateDomainConfig opensearch:CreateDomain`,
    policies: ['requestParameters.accessPolicies'],
    target: ['requestParameters.domainName'],
    request: (accessPolicies) => ({ domainName: 'd', accessPolicies }),
  },
  {
    type: 'Custom:EFSFileSystem/PolicyOpened',
    what: { en: 'A file system', ja: 'EFS ファイルシステム' },
    calls: 'elasticfilesystem:PutFileSystemPolicy',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.fileSystemId'],
    request: (policy) => ({ fileSystemId: 'fs', policy }),
  },
  {
    type: 'Custom:BackupVault/PolicyOpened',
    what: { en: 'A vault of backups', ja: 'バックアップボールト' },
    calls: 'backup:PutBackupVaultAccessPolicy',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.backupVaultName'],
    request: (policy) => ({ backupVaultName: 'v', policy }),
  },
  {
    type: 'Custom:GlacierVault/PolicyOpened',
    what: { en: 'An archive', ja: 'Glacier ボールト' },
    calls: 'glacier:SetVaultAccessPolicy',
    policies: ['requestParameters.policy.policy', 'requestParameters.policy'],
    target: ['requestParameters.vaultName'],
    request: (policy) => ({ vaultName: 'v', policy: { policy } }),
  },
  {
    type: 'Custom:EventBus/PolicyOpened',
    what: { en: 'An event bus', ja: 'イベントバス' },
    calls: 'events:PutPermission',
    principals: 'requestParameters.principal',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.eventBusName'],
    request: (policy) => ({ eventBusName: 'default', policy }),
  },
  {
    type: 'Custom:DynamoDBTable/PolicyOpened',
    what: { en: 'A table', ja: 'DynamoDB テーブル' },
    calls: 'dynamodb:PutResourcePolicy',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.resourceArn'],
    request: (policy) => ({ resourceArn: 't', policy }),
  },
  {
    type: 'Custom:GlueCatalog/PolicyOpened',
    what: { en: 'The data catalogue', ja: 'Glue データカタログ' },
    calls: 'glue:PutResourcePolicy',
    policies: ['requestParameters.policyInJson'],
    target: ['requestParameters.resourceArn'],
    request: (policyInJson) => ({ policyInJson }),
  },
  {
    type: 'Custom:CloudWatchLogs/PolicyOpened',
    what: { en: 'A destination of logs', ja: 'ログの送信先' },
    calls: 'logs:PutDestinationPolicy logs:PutResourcePolicy',
    policies: ['requestParameters.accessPolicy', 'requestParameters.policyDocument'],
    target: ['requestParameters.destinationName', 'requestParameters.policyName'],
    request: (accessPolicy) => ({ destinationName: 'd', accessPolicy }),
  },
  {
    type: 'Custom:S3AccessPoint/PolicyOpened',
    what: { en: 'An access point of a bucket', ja: 'S3 アクセスポイント' },
    calls: 's3:PutAccessPointPolicy',
    policies: ['requestParameters.PutAccessPointPolicyRequest.Policy', 'requestParameters.policy'],
    target: ['requestParameters.name', 'requestParameters.accessPointName'],
    request: (policy) => ({ name: 'p', policy }),
  },
  {
    type: 'Custom:CodeBuildProject/PolicyOpened',
    what: { en: 'A build project', ja: 'ビルドプロジェクト' },
    calls: 'codebuild:PutResourcePolicy',
    policies: ['requestParameters.policy'],
    target: ['requestParameters.resourceArn'],
    request: (policy) => ({ resourceArn: 'p', policy }),
  },
  {
    type: 'Custom:CodeArtifact/PolicyOpened',
    what: { en: 'A repository of packages', ja: 'パッケージのリポジトリ' },
    calls: 'codeartifact:PutDomainPermissionsPolicy codeartifact:PutRepositoryPermissionsPolicy',
    policies: ['requestParameters.policyDocument'],
    target: ['requestParameters.repository', 'requestParameters.domain'],
    request: (policyDocument) => ({ domain: 'd', policyDocument }),
  },
];

export const policiesOpened: readonly Detector[] = rows.map(opened);

/** To everybody it is grave; to one account it may be a partner's. */
function opened({ type, what, calls, policies, principals, target, request }: Opened): Detector {
  const letting = (AWS: string, more: JsonObject = {}) =>
    request(
      JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: '*', Resource: '*', ...more }] }),
    );
  const statementsIn = (seen: Seen<string>) => policies.flatMap((path) => statementsOf(seen.json(path)));
  const namedIn = (seen: Seen<string>) => (principals === undefined ? [] : textsOf(seen, principals));
  const isPublic = (seen: Seen<string>) => statementsIn(seen).some(allowsEveryone) || namedIn(seen).includes('*');
  const isShared = (seen: Seen<string>, world: World) =>
    namedIn(seen).some((account) => /^\d{12}$/.test(account) && isForeign(account, seen, world)) ||
    statementsIn(seen).some(
      (statement) =>
        statement['Effect'] === 'Allow' && accountsOf(statement).some((account) => isForeign(account, seen, world)),
    );
  return onCall<string>({
    type,
    title: { en: `${what.en} was opened to outsiders`, ja: `${what.ja}が外部に公開または共有されました` },
    advice: {
      en: 'Take the statement out of the policy unless it is meant, and look at who used it since.',
      ja: '意図したものでなければ該当ステートメントをポリシーから外し、それ以降に誰が利用したか確認してください。',
    },
    falsePositives: {
      en: 'A partner or another account of yours is connected on purpose.',
      ja: '取引先や自社の別アカウントを意図的に接続している場合。',
    },
    severity: (seen) => (isPublic(seen) ? 8 : byPipeline(seen) ? 2 : 5),
    technique: 'T1537',
    calls,
    target,
    reads: [...policies, ...(principals === undefined ? [] : [principals])],
    when: (seen, world) => isPublic(seen) || isShared(seen, world),
    fires: {
      'to everybody': { request: letting('*') },
      'to another account': { request: letting(`arn:aws:iam::${example.otherAccount}:root`) },
    },
    stays: {
      'to the own account': { request: letting(`arn:aws:iam::${example.account}:root`) },
      'to another one of these accounts': { request: letting(example.sisterAccount) },
      'to everybody of the organisation': {
        request: letting('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } }),
      },
      'everybody is denied': { request: letting('*', { Effect: 'Deny' }) },
    },
  });
}

/** A list is recorded as one, or as a text where it holds one thing. */
function textsOf(seen: Seen<string>, path: string): readonly string[] {
  const text = seen.text(path);
  return text === undefined ? seen.list(path) : [text];
}
