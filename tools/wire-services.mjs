/** The services whose models are generated, by botocore's name, which is also ours. */
export const services = [
  'cloudformation',
  'cloudtrail',
  'config',
  'dynamodb',
  'ec2',
  'events',
  'guardduty',
  'iam',
  'inspector',
  'inspector2',
  'kms',
  'lambda',
  'logs',
  'macie2',
  'organizations',
  's3',
  'secretsmanager',
  'securityhub',
  'sns',
  'sqs',
  'ssm',
  'sts',
];

/** What botocore leaves out of its files, because its code knows it or because it speaks only one of the protocols. */
export const corrections = { s3, sqs };

/** Clients skip the root element of an answer, so botocore has no names for it; people and other readers do not. */
function s3(model) {
  model.xmlNamespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
  for (const [name, root] of Object.entries(s3Roots)) shapeOf(model, name).locationName = root;
}

/** SQS also speaks query, as clients before 2023 do; this model has only the JSON names. */
function sqs(model) {
  model.protocols = ['json', 'query'];
  model.xmlNamespace = 'http://queue.amazonaws.com/doc/2012-11-05/';
  for (const [list, name] of Object.entries(sqsListNames)) shapeOf(model, list).member.locationName = name;
  for (const [map, [member, key, value]] of Object.entries(sqsMapNames)) {
    shapeOf(model, map).key.locationName = key;
    shapeOf(model, map).value.locationName = value;
    for (const { members = {} } of Object.values(model.shapes)) {
      for (const from of Object.values(members)) if (from.shape === map) from.queryName = member;
    }
  }
  for (const [name, [code, httpStatusCode = 400]] of Object.entries(sqsErrors)) {
    shapeOf(model, name).error = { code, httpStatusCode, senderFault: true };
  }
  for (const [name, operation] of Object.entries(model.operations)) {
    if (operation.output) operation.resultWrapper = `${name}Result`;
  }
}

function shapeOf(model, name) {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`${model.service} has no shape ${name} any more: correct tools/wire-services.mjs`);
  return shape;
}

const sqsListNames = {
  AWSAccountIdList: 'AWSAccountId',
  ActionNameList: 'ActionName',
  AttributeNameList: 'AttributeName',
  BatchResultErrorEntryList: 'BatchResultErrorEntry',
  BinaryList: 'BinaryListValue',
  ChangeMessageVisibilityBatchRequestEntryList: 'ChangeMessageVisibilityBatchRequestEntry',
  ChangeMessageVisibilityBatchResultEntryList: 'ChangeMessageVisibilityBatchResultEntry',
  DeleteMessageBatchRequestEntryList: 'DeleteMessageBatchRequestEntry',
  DeleteMessageBatchResultEntryList: 'DeleteMessageBatchResultEntry',
  ListMessageMoveTasksResultEntryList: 'ListMessageMoveTasksResultEntry',
  MessageAttributeNameList: 'MessageAttributeName',
  MessageList: 'Message',
  MessageSystemAttributeList: 'MessageSystemAttributeName',
  QueueUrlList: 'QueueUrl',
  SendMessageBatchRequestEntryList: 'SendMessageBatchRequestEntry',
  SendMessageBatchResultEntryList: 'SendMessageBatchResultEntry',
  StringList: 'StringListValue',
  TagKeyList: 'TagKey',
};

const sqsMapNames = {
  MessageBodyAttributeMap: ['MessageAttribute', 'Name', 'Value'],
  MessageBodySystemAttributeMap: ['MessageSystemAttribute', 'Name', 'Value'],
  MessageSystemAttributeMap: ['Attribute', 'Name', 'Value'],
  QueueAttributeMap: ['Attribute', 'Name', 'Value'],
  TagMap: ['Tag', 'Key', 'Value'],
};

const sqsErrors = {
  BatchEntryIdsNotDistinct: ['AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
  BatchRequestTooLong: ['AWS.SimpleQueueService.BatchRequestTooLong'],
  EmptyBatchRequest: ['AWS.SimpleQueueService.EmptyBatchRequest'],
  InvalidBatchEntryId: ['AWS.SimpleQueueService.InvalidBatchEntryId'],
  MessageNotInflight: ['AWS.SimpleQueueService.MessageNotInflight'],
  OverLimit: ['OverLimit', 403],
  PurgeQueueInProgress: ['AWS.SimpleQueueService.PurgeQueueInProgress', 403],
  QueueDeletedRecently: ['AWS.SimpleQueueService.QueueDeletedRecently'],
  QueueDoesNotExist: ['AWS.SimpleQueueService.NonExistentQueue'],
  QueueNameExists: ['QueueAlreadyExists'],
  TooManyEntriesInBatchRequest: ['AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
  UnsupportedOperation: ['AWS.SimpleQueueService.UnsupportedOperation'],
};

/** Root elements as the pages of https://docs.aws.amazon.com/AmazonS3/latest/API/ show them. */
const s3Roots = {
  CompleteMultipartUploadOutput: 'CompleteMultipartUploadResult',
  CreateMultipartUploadOutput: 'InitiateMultipartUploadResult',
  CreateSessionOutput: 'CreateSessionResult',
  DeleteObjectsOutput: 'DeleteResult',
  GetBucketAccelerateConfigurationOutput: 'AccelerateConfiguration',
  GetBucketAclOutput: 'AccessControlPolicy',
  GetBucketCorsOutput: 'CORSConfiguration',
  GetBucketLifecycleConfigurationOutput: 'LifecycleConfiguration',
  GetBucketLifecycleOutput: 'LifecycleConfiguration',
  GetBucketLocationOutput: 'LocationConstraint',
  GetBucketLoggingOutput: 'BucketLoggingStatus',
  GetBucketReplicationOutput: 'ReplicationConfiguration',
  GetBucketRequestPaymentOutput: 'RequestPaymentConfiguration',
  GetBucketTaggingOutput: 'Tagging',
  GetBucketVersioningOutput: 'VersioningConfiguration',
  GetBucketWebsiteOutput: 'WebsiteConfiguration',
  GetObjectAclOutput: 'AccessControlPolicy',
  GetObjectAttributesOutput: 'GetObjectAttributesResponse',
  GetObjectTaggingOutput: 'Tagging',
  ListBucketAnalyticsConfigurationsOutput: 'ListBucketAnalyticsConfigurationResult',
  ListBucketInventoryConfigurationsOutput: 'ListInventoryConfigurationsResult',
  ListBucketMetricsConfigurationsOutput: 'ListMetricsConfigurationsResult',
  ListBucketsOutput: 'ListAllMyBucketsResult',
  ListDirectoryBucketsOutput: 'ListAllMyDirectoryBucketsResult',
  ListMultipartUploadsOutput: 'ListMultipartUploadsResult',
  ListObjectVersionsOutput: 'ListVersionsResult',
  ListObjectsOutput: 'ListBucketResult',
  ListObjectsV2Output: 'ListBucketResult',
  ListPartsOutput: 'ListPartsResult',
};
