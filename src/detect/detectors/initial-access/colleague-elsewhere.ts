import type { JsonObject } from '../../../model/json.ts';
import { callerAddress, isPortalRole, isPublicIp, networkOf, sessionOf } from '../../callers.ts';
import type { Who } from '../../detector.ts';
import { call, example, times } from '../../examples.ts';
import { callOf } from '../../families.ts';
import { onElsewhere } from '../../on-elsewhere.ts';
import { sharePaths, staysWithin } from '../../shares.ts';
import { accessKey } from '../../subjects.ts';

/** Somebody at a keyboard changes much by hand, and travels: what leaves no trace, a way back, or data outside. */
const graveByHand: ReadonlySet<string> = new Set(
  `cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:PutEventSelectors cloudtrail:DeleteEventDataStore
  ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig config:StopConfigurationRecorder
  config:DeleteConfigurationRecorder guardduty:DeleteDetector securityhub:DisableSecurityHub macie2:DisableMacie
  organizations:LeaveOrganization organizations:DisablePolicyType organizations:DetachPolicy
  s3:PutAccountPublicAccessBlock s3:DeleteAccountPublicAccessBlock
  iam:CreateUser iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile iam:CreateSAMLProvider
  iam:CreateOpenIDConnectProvider iam:UpdateAssumeRolePolicy rolesanywhere:CreateTrustAnchor
  ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute
  rds:ModifyDBClusterSnapshotAttribute s3:PutBucketReplication rds:StartExportTask dynamodb:ExportTableToPointInTime
  ram:CreateResourceShare sso:CreateAccountAssignment sso:AttachManagedPolicyToPermissionSet sso-directory:CreateUser
  identitystore:CreateUser account:PutAlternateContact route53domains:TransferDomainToAnotherAwsAccount`.split(/\s+/),
);

const dayS = 86_400;
const later = 5 * dayS;

export const colleagueElsewhere = onElsewhere({
  type: 'Custom:IAMUser/ColleagueElsewhere',
  title: {
    en: 'Somebody of the sign-in portal changes something grave from a network where they never were',
    ja: 'サインインポータルのユーザーが、これまでと異なるネットワークから重大な変更を行いました',
  },
  advice: {
    en: 'Ask them. If it was not them, end their sessions in the portal and look at how they signed in: a proxied sign-in gives the session away with its second factor.',
    ja: '本人に確認し、本人でなければポータルのセッションを終了させ、サインインの経緯を調べてください。中継型のフィッシングでは、多要素認証済みのセッションごと盗まれます。',
  },
  falsePositives: { en: 'An administrator works while travelling.', ja: '管理者が出張先で作業した場合。' },
  severity: 5,
  technique: 'T1078.004',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', who: isColleague, from: isPublicIp, refused: false },
  reads: sharePaths,
  key: sessionOf,
  place: networkOf,
  isGrave: (seen, world) => {
    const name = callOf(seen).join(':');
    return graveByHand.has(name) && !staysWithin(name, seen, world);
  },
  learnMs: 3 * dayS * 1_000,
  resource: accessKey,
  counterpart: (seen) => callerAddress(seen) ?? '',
  says: (seen, network) => ({
    en: `${seen.text('userIdentity.principalId') ?? seen.principal} called ${seen.name} from ${seen.address?.text ?? ''}, a network where they never were before (${network}).`,
    ja: `${seen.text('userIdentity.principalId') ?? seen.principal} が ${seen.address?.text ?? ''} から ${seen.name} を呼び出しました。このネットワーク（${network}）からの操作は初めてです。`,
  }),
  examples: {
    fires: {
      'flow logs are deleted': [...daysAtDesk(), atDesk('ec2:DeleteFlowLogs', later, example.listed)],
      'a snapshot is given to a stranger': [...daysAtDesk(), gives(example.otherAccount)],
      'a key is made for another': [...daysAtDesk(), atDesk('iam:CreateAccessKey', later, example.listed)],
    },
    stays: {
      'at their desk': [...daysAtDesk(), atDesk('ec2:DeleteFlowLogs', later)],
      'it is ordinary work': [...daysAtDesk(), atDesk('ec2:StopInstances', later, example.listed)],
      'a snapshot is given to another one of these accounts': [...daysAtDesk(), gives(example.sisterAccount)],
      'they are hardly known': [atDesk('ec2:StopInstances', 0), atDesk('ec2:DeleteFlowLogs', 60, example.listed)],
      'they have been there for days': [
        ...daysAtDesk(),
        atDesk('ec2:StopInstances', later, example.listed),
        atDesk('ec2:DeleteFlowLogs', later + 2 * dayS, example.listed),
      ],
    },
  },
});

function isColleague({ principal }: Who): boolean {
  return isPortalRole(principal);
}

function atDesk(name: string, at: number, from: string = example.home): JsonObject {
  const record = call(name, { at, by: 'role:Admin/alice', from });
  const identity = record['userIdentity'] as JsonObject;
  const arn = `arn:aws:iam::${example.account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
  return { ...record, userIdentity: { ...identity, sessionContext: { sessionIssuer: { type: 'Role', arn } } } };
}

function gives(userId: string): JsonObject {
  const requestParameters = { createVolumePermission: { add: { items: [{ userId }] } } };
  return { ...atDesk('ec2:ModifySnapshotAttribute', later, example.listed), requestParameters };
}

function daysAtDesk() {
  return times(5, (_, at) => atDesk('ec2:StopInstances', at), dayS);
}
