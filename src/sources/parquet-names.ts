/** A column's or struct member's name as CloudTrail's records spell it, whatever case a table gave it. */
export function recordName(name: string): string {
  return byLower.get(name.toLowerCase()) ?? name;
}

/** Members whose inner names are CloudTrail's own, and not those of a service. */
export const structuralNames: ReadonlySet<string> = new Set(['userIdentity', 'tlsDetails', 'resources']);

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const names = `eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode
  errorMessage requestParameters responseElements additionalEventData requestID eventID readOnly resources eventType
  apiVersion managementEvent recipientAccountId serviceEventDetails sharedEventID vpcEndpointId vpcEndpointAccountId
  eventCategory addendum sessionCredentialFromConsole eventContext edgeDeviceDetails tlsDetails insightDetails
  type principalId arn accountId accessKeyId userName invokedBy identityProvider onBehalfOf userId identityStoreArn
  sessionContext sessionIssuer webIdFederationData federatedProvider attributes mfaAuthenticated creationDate
  ec2RoleDelivery sourceIdentity assumedRoot inScopeOf issuerType credentialsIssuedTo sourceArn sourceAccount
  credentialId tlsVersion cipherSuite clientProvidedHostHeader`.split(/\s+/);

const byLower = new Map(names.map((name) => [name.toLowerCase(), name]));
