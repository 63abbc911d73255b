import type { Activity } from '../model/activity.ts';
import { undated } from '../model/call-name.ts';

/** What an API call is for, in the words of GuardDuty's finding purposes. */
export const families = [
  'Discovery',
  'CredentialAccess',
  'InitialAccess',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'Exfiltration',
  'Execution',
  'Impact',
  'Other',
] as const;
export type Family = (typeof families)[number];

/** The family of a call: the hand table, else reading verbs are Discovery and the rest is Other. */
export function familyOf(call: Named): Family {
  const [service, name] = callOf(call);
  return byCall.get(`${service}:${name}`) ?? (readingVerb.test(name) ? 'Discovery' : 'Other');
}

/** Service and operation as the table has them. */
export function callOf({ source, name }: Named): [service: string, operation: string] {
  return [source.replace(/\.amazonaws\.com$/, ''), undated(name)];
}

/** A call as its record names it. */
type Named = Pick<Activity, 'source' | 'name'>;

/** True for calls that only look. */
export function readsOnly(name: string): boolean {
  return readingVerb.test(name);
}

const readingVerb =
  /^(List|Describe|Get|BatchGet|BatchDescribe|Head|Lookup|Search|Query|Scan|Select|View|Check|Simulate|Validate|Preview|Estimate|Discover|Filter|Test)/;

// GuardDuty names a few calls for each of its anomaly types; the rest follows ATT&CK for cloud accounts.
// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
const table: Readonly<Partial<Record<Family, string>>> = {
  CredentialAccess: `ec2:GetPasswordData secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue
    rds:GenerateDbAuthToken ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath kms:Decrypt
    lightsail:GetInstanceAccessDetails ecr:GetAuthorizationToken redshift:GetClusterCredentials`,
  InitialAccess: `ssm:StartSession codeartifact:GetAuthorizationToken signin:ConsoleLogin sts:GetFederationToken
    sts:GetSessionToken ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey
    signin:GetSigninToken`,
  Persistence: `iam:CreateAccessKey iam:CreateUser iam:CreateLoginProfile iam:UpdateLoginProfile iam:CreateRole
    iam:UpdateAssumeRolePolicy iam:UploadSSHPublicKey iam:CreateServiceSpecificCredential iam:CreateSAMLProvider
    iam:CreateOpenIDConnectProvider iam:UpdateSAMLProvider iam:UpdateAccessKey iam:CreateVirtualMFADevice
    ec2:ImportKeyPair ec2:CreateKeyPair ec2:ModifyInstanceAttribute lambda:CreateFunction lambda:UpdateFunctionCode
    lambda:AddPermission lambda:CreateFunctionUrlConfig lambda:UpdateFunctionUrlConfig lambda:PublishLayerVersion
    rolesanywhere:CreateTrustAnchor rolesanywhere:CreateProfile sso-directory:CreateUser
    identitystore:CreateUser sso:CreateAccountAssignment ssm:CreateActivation events:PutRule`,
  PrivilegeEscalation: `iam:AddUserToGroup iam:AttachGroupPolicy iam:AttachRolePolicy iam:AttachUserPolicy
    iam:PutGroupPolicy iam:PutRolePolicy iam:PutUserPolicy iam:CreatePolicyVersion iam:SetDefaultPolicyVersion
    iam:AddRoleToInstanceProfile iam:DeleteRolePermissionsBoundary iam:DeleteUserPermissionsBoundary
    ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfileAssociation sts:AssumeRole sts:AssumeRoot
    sso:AttachManagedPolicyToPermissionSet sso:PutInlinePolicyToPermissionSet eks:AssociateAccessPolicy`,
  DefenseEvasion: `cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:UpdateTrail cloudtrail:PutEventSelectors
    cloudtrail:PutInsightSelectors cloudtrail:DeleteEventDataStore ec2:DeleteFlowLogs
    monitoring:DisableAlarmActions monitoring:DeleteAlarms guardduty:DeleteDetector guardduty:UpdateDetector
    guardduty:CreateFilter guardduty:CreateIPSet guardduty:StopMonitoringMembers guardduty:DisassociateMembers
    securityhub:DisableSecurityHub securityhub:BatchUpdateFindings config:StopConfigurationRecorder
    config:DeleteConfigurationRecorder config:DeleteDeliveryChannel logs:DeleteLogGroup logs:DeleteLogStream
    logs:PutRetentionPolicy macie2:DisableMacie inspector2:Disable access-analyzer:DeleteAnalyzer
    wafv2:DeleteWebACL wafv2:DisassociateWebACL route53resolver:DeleteResolverQueryLogConfig
    route53resolver:DisassociateResolverQueryLogConfig organizations:LeaveOrganization organizations:DisablePolicyType
    iam:DeleteAccountPasswordPolicy iam:UpdateAccountPasswordPolicy iam:DeactivateMFADevice iam:DeleteVirtualMFADevice
    s3:PutBucketLogging s3:DeletePublicAccessBlock s3:PutBucketPublicAccessBlock s3:DeleteBucketPublicAccessBlock
    s3:PutAccountPublicAccessBlock s3:DeleteAccountPublicAccessBlock events:DisableRule events:DeleteRule
    bedrock:DeleteModelInvocationLoggingConfiguration cloudtrail:StopEventDataStoreIngestion
    organizations:DetachPolicy organizations:DeletePolicy config:DeleteConfigRule securityhub:BatchDisableStandards
    logs:DeleteSubscriptionFilter logs:DeleteMetricFilter wafv2:DeleteLoggingConfiguration
    network-firewall:DeleteFirewall route53resolver:DeleteFirewallRuleGroup ec2:DisableEbsEncryptionByDefault
    ec2:DisableSnapshotBlockPublicAccess ec2:DisableImageBlockPublicAccess`,
  Exfiltration: `s3:PutBucketReplication ec2:CreateSnapshot ec2:CreateSnapshots ec2:ModifySnapshotAttribute
    ec2:ModifyImageAttribute ec2:SharedSnapshotCopyInitiated ec2:CreateStoreImageTask ec2:CreateInstanceExportTask
    rds:RestoreDBInstanceFromDBSnapshot rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute
    rds:StartExportTask ram:CreateResourceShare redshift:AuthorizeSnapshotAccess dynamodb:ExportTableToPointInTime s3:GetObject ec2:CreateTrafficMirrorSession`,
  Execution: `ssm:SendCommand ssm:StartAutomationExecution ec2:RunInstances ecs:RunTask ecs:ExecuteCommand
    ssm:CreateAssociation cloudformation:CreateStack cloudformation:UpdateStack glue:CreateDevEndpoint
    sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl lambda:Invoke
    codebuild:StartBuild datapipeline:PutPipelineDefinition`,
  Impact: `ec2:DeleteSecurityGroup ec2:TerminateInstances ec2:DeleteVolume ec2:DeleteSnapshot ec2:DeregisterImage
    iam:UpdateUser iam:DeleteUser s3:PutBucketPolicy s3:DeleteBucket s3:DeleteObject s3:DeleteObjects s3:PutObject
    s3:PutBucketLifecycle s3:PutLifecycleConfiguration s3:PutBucketEncryption s3:PutBucketVersioning
    kms:ScheduleKeyDeletion kms:DisableKey kms:PutKeyPolicy rds:DeleteDBInstance rds:DeleteDBCluster
    rds:DeleteDBSnapshot dynamodb:DeleteTable backup:DeleteRecoveryPoint backup:DeleteBackupVault
    ses:UpdateAccountSendingEnabled ses:PutAccountDetails route53:ChangeResourceRecordSets
    bedrock:InvokeModel elasticloadbalancing:DeleteLoadBalancer`,
};

const byCall = new Map(
  families.flatMap((family) => (table[family] ?? '').split(/\s+/).map((call) => [call, family] as const)),
);
