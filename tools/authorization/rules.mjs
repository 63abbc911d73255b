// What names alone do not say, by service: which client, which action an operation of another name means, and which
// binder fills a variable of an ARN. Operation to action: the service's page of
// https://docs.aws.amazon.com/service-authorization/latest/reference/ (for S3 also
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).
const same = (action, ...operations) => Object.fromEntries(operations.map((operation) => [operation, action]));

export const services = {
  // `claims`: keys of other prefixes (`saml:aud`) are claims of a token; the range's sts reads them, no member holds them.
  sts: {
    claims: true,
    variables: { RoleNameWithPath: 'RoleArn', FederatedUserName: 'Name' },
    types: ['role', 'federated-user'],
  },
  iam: {
    variables: {
      UserNameWithPath: '@iam:user:UserName|@caller',
      RoleNameWithPath: '@iam:role:RoleName',
      GroupNameWithPath: '@iam:group:GroupName',
      InstanceProfileNameWithPath: '@iam:instance-profile:InstanceProfileName',
      PolicyNameWithPath: 'PolicyArn',
      CertificateNameWithPath: '@iam:server-certificate:ServerCertificateName',
      MfaTokenIdWithPath: 'SerialNumber',
      OidcProviderName: 'OpenIDConnectProviderArn',
      SamlProviderName: 'SAMLProviderArn',
    },
  },
  s3: {
    variables: { BucketName: 'Bucket', ObjectName: 'Key' },
    types: ['bucket', 'object'],
    actions: {
      ...same('ListBucket', 'ListObjects', 'ListObjectsV2', 'HeadBucket'),
      ListObjectVersions: 'ListBucketVersions',
      ListMultipartUploads: 'ListBucketMultipartUploads',
      ListParts: 'ListMultipartUploadParts',
      ListBuckets: 'ListAllMyBuckets',
      HeadObject: 'GetObject',
      SelectObjectContent: 'GetObject',
      ...same(
        'PutObject',
        'CreateMultipartUpload',
        'UploadPart',
        'CompleteMultipartUpload',
        'CopyObject',
        'UploadPartCopy',
      ),
      DeleteObjects: 'DeleteObject',
      ...same('GetLifecycleConfiguration', 'GetBucketLifecycleConfiguration', 'GetBucketLifecycle'),
      ...same(
        'PutLifecycleConfiguration',
        'PutBucketLifecycleConfiguration',
        'PutBucketLifecycle',
        'DeleteBucketLifecycle',
      ),
      GetBucketEncryption: 'GetEncryptionConfiguration',
      ...same('PutEncryptionConfiguration', 'PutBucketEncryption', 'DeleteBucketEncryption'),
      GetBucketReplication: 'GetReplicationConfiguration',
      ...same('PutReplicationConfiguration', 'PutBucketReplication', 'DeleteBucketReplication'),
      GetBucketCors: 'GetBucketCORS',
      ...same('PutBucketCORS', 'PutBucketCors', 'DeleteBucketCors'),
      GetBucketNotificationConfiguration: 'GetBucketNotification',
      PutBucketNotificationConfiguration: 'PutBucketNotification',
      GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
      PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
      GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
      ...same('PutBucketPublicAccessBlock', 'PutPublicAccessBlock', 'DeletePublicAccessBlock'),
      ...same('PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'),
      DeleteBucketTagging: 'PutBucketTagging',
      GetBucketAnalyticsConfiguration: 'GetAnalyticsConfiguration',
      ListBucketAnalyticsConfigurations: 'GetAnalyticsConfiguration',
      ...same('PutAnalyticsConfiguration', 'PutBucketAnalyticsConfiguration', 'DeleteBucketAnalyticsConfiguration'),
      ...same('GetInventoryConfiguration', 'GetBucketInventoryConfiguration', 'ListBucketInventoryConfigurations'),
      ...same('PutInventoryConfiguration', 'PutBucketInventoryConfiguration', 'DeleteBucketInventoryConfiguration'),
      ...same('GetMetricsConfiguration', 'GetBucketMetricsConfiguration', 'ListBucketMetricsConfigurations'),
      ...same('PutMetricsConfiguration', 'PutBucketMetricsConfiguration', 'DeleteBucketMetricsConfiguration'),
      ...same(
        'GetIntelligentTieringConfiguration',
        'GetBucketIntelligentTieringConfiguration',
        'ListBucketIntelligentTieringConfigurations',
      ),
      ...same(
        'PutIntelligentTieringConfiguration',
        'PutBucketIntelligentTieringConfiguration',
        'DeleteBucketIntelligentTieringConfiguration',
      ),
      GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
      PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
    },
  },
  cloudtrail: {
    passes: 'cloudtrail.amazonaws.com',
    variables: {
      TrailName: 'Name|TrailName',
      EventDataStoreId: 'EventDataStore',
      ChannelId: 'Channel',
      DashboardName: 'DashboardId|Name',
    },
    arns: 'ResourceId|ResourceIdList[]',
  },
  logs: {
    passes: 'logs.amazonaws.com',
    variables: { LogGroupName: 'logGroupName|logGroupIdentifier', LogStreamName: 'logStreamName' },
    arns: 'resourceArn',
    // The ARN that a refusal shows, which `log-group:<name>:*` of the documented policies matches and `log-group:<name>` does not.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    formats: { 'log-group': 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:' },
  },
  events: {
    passes: 'events.amazonaws.com',
    variables: { RuleName: 'Rule|Name', 'event-bus.EventBusName': 'Name' },
    arns: 'ResourceARN',
  },
  sns: {
    variables: { TopicName: 'TopicArn|Name' },
    types: ['topic'],
    arns: 'ResourceArn',
  },
  lambda: {
    passes: 'lambda.amazonaws.com',
    actions: {
      ...same('InvokeFunction', 'Invoke', 'InvokeWithResponseStream'),
      InvokeAsync: 'InvokeAsync',
      ListFunctionEventInvokeConfigs: 'ListFunctionEventInvokeConfigs',
      GetLayerVersionByArn: 'GetLayerVersion',
    },
    variables: { FunctionName: 'FunctionName', UUID: 'UUID', LayerName: 'LayerName', LayerVersion: 'VersionNumber' },
    arns: 'Resource',
  },
  guardduty: { arns: 'ResourceArn', passes: 'malware-protection-plan.guardduty.amazonaws.com' },
  cloudformation: {
    passes: 'cloudformation.amazonaws.com',
    resolved: { stack: '@cloudformation:stack:StackName' },
  },
  ec2: {
    passes: { CreateFlowLogs: ['DeliverLogsPermissionArn', 'vpc-flow-logs.amazonaws.com'] },
    variables: { SecurityGroupId: 'SecurityGroupId|GroupId|SecurityGroupIds|GroupIds', KeyPairName: 'KeyName' },
  },
  ssm: {
    passes: 'ssm.amazonaws.com',
    variables: { DocumentName: 'DocumentName|Name', 'parameter.ParameterNameWithoutLeadingSlash': 'Name|Names' },
  },
  kms: { resolved: { key: '@kms:key:KeyId' }, variables: { Alias: 'AliasName' } },
  organizations: {},
  sqs: {
    variables: { QueueName: '@sqs:queue:QueueUrl|QueueName|SourceArn' },
    actions: {
      SendMessageBatch: 'SendMessage',
      DeleteMessageBatch: 'DeleteMessage',
      ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
    },
  },
  secretsmanager: { resolved: { Secret: '@secretsmanager:secret:SecretId' } },
  dynamodb: { variables: { TableName: 'TableName' } },
  macie2: {},
  securityhub: {},
  config: { passes: 'config.amazonaws.com' },
  inspector2: {},
};

/** AWS asks for no permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html and API_GetSessionToken */
export const free = { sts: ['GetCallerIdentity', 'GetSessionToken'] };
