/**
 * Paths that every detector may read without declaring them, because subjects, actions and lineage are made of them.
 * All others are declared (`reads`), so that a source knows what to look for before it opens a file.
 */
export const callPaths = [
  'userAgent',
  'readOnly',
  'eventType',
  'eventCategory',
  'managementEvent',
  'recipientAccountId',
  'vpcEndpointId',
  'errorMessage',
  'userIdentity.type',
  'userIdentity.principalId',
  'userIdentity.arn',
  'userIdentity.accountId',
  'userIdentity.accessKeyId',
  'userIdentity.userName',
  'userIdentity.invokedBy',
  'userIdentity.identityProvider',
  'userIdentity.onBehalfOf.userId',
  'userIdentity.sessionContext.sessionIssuer.type',
  'userIdentity.sessionContext.sessionIssuer.arn',
  'userIdentity.sessionContext.sessionIssuer.principalId',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.sessionContext.sessionIssuer.accountId',
  'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'userIdentity.sessionContext.attributes.creationDate',
  'userIdentity.sessionContext.ec2RoleDelivery',
  'userIdentity.sessionContext.webIdFederationData.federatedProvider',
  'sessionCredentialFromConsole',
] as const;

/**
 * Fields of a flow record, versions 2 to 8 in AWS's order, by the names that a log format gives them. The first ones are
 * the default format. All are text, as the log has them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const flowPaths = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'type',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'region',
  'az-id',
  'sublocation-type',
  'sublocation-id',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
  'traffic-path',
  'ecs-cluster-arn',
  'ecs-cluster-name',
  'ecs-container-instance-arn',
  'ecs-container-instance-id',
  'ecs-container-id',
  'ecs-second-container-id',
  'ecs-service-name',
  'ecs-task-definition-arn',
  'ecs-task-arn',
  'ecs-task-id',
  'reject-reason',
  'resource-id',
  'encryption-status',
] as const;

/** Fields of a Resolver query log. */
export const dnsPaths = [
  'query_name',
  'query_type',
  'rcode',
  'srcaddr',
  'srcids.instance',
  'vpc_id',
  'answers',
] as const;

export type CommonPath = (typeof callPaths)[number] | (typeof flowPaths)[number] | (typeof dnsPaths)[number];
