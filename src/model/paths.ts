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

/** Fields of a flow record, by the names that AWS gives them in a log format. All are text, as the log has them. */
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
  'flow-direction',
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
