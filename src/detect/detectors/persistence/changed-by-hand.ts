import type { Words } from '../../../model/words.ts';
import { byHand, byPipeline, byWorkload } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

// The changes that the CIS AWS Foundations Benchmark asks to watch (its section on monitoring), where a person or a
// program with keys makes them instead of a pipeline, and has not made such changes on an earlier day.
// https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html

interface Watched {
  readonly type: string;
  readonly what: Words;
  readonly technique: string;
  readonly calls: string;
  /** A call that looks at the same thing. */
  readonly look: string;
}

const watched: readonly Watched[] = [
  {
    type: 'Custom:IAMPolicy/ChangedByHand',
    what: { en: 'Permissions', ja: '権限' },
    technique: 'T1098.003',
    calls: `iam:PutUserPolicy iam:PutRolePolicy iam:PutGroupPolicy iam:DeleteUserPolicy iam:DeleteRolePolicy
      iam:DeleteGroupPolicy iam:CreatePolicy iam:DeletePolicy iam:CreatePolicyVersion iam:DeletePolicyVersion
      iam:AttachUserPolicy iam:AttachRolePolicy iam:AttachGroupPolicy iam:DetachUserPolicy iam:DetachRolePolicy
      iam:DetachGroupPolicy`,
    look: 'iam:GetPolicy',
  },
  {
    type: 'Custom:S3BucketPolicy/ChangedByHand',
    what: { en: 'Who may use a bucket, or how long it keeps its objects,', ja: 'バケットのアクセス権や保持期間' },
    technique: 'T1098',
    calls: `s3:PutBucketAcl s3:PutBucketPolicy s3:PutBucketCors s3:PutBucketLifecycle s3:PutBucketReplication
      s3:DeleteBucketPolicy s3:DeleteBucketCors s3:DeleteBucketLifecycle s3:DeleteBucketReplication`,
    look: 's3:GetBucketPolicy',
  },
  {
    type: 'Custom:EC2SecurityGroup/ChangedByHand',
    what: { en: 'A security group', ja: 'セキュリティグループ' },
    technique: 'T1562.007',
    calls: `ec2:AuthorizeSecurityGroupIngress ec2:AuthorizeSecurityGroupEgress ec2:RevokeSecurityGroupIngress
      ec2:RevokeSecurityGroupEgress ec2:CreateSecurityGroup ec2:DeleteSecurityGroup ec2:ModifySecurityGroupRules`,
    look: 'ec2:DescribeSecurityGroups',
  },
  {
    type: 'Custom:EC2Network/ChangedByHand',
    what: { en: 'Routes, gateways or network ACLs', ja: 'ルート、ゲートウェイ、またはネットワーク ACL' },
    technique: 'T1562.007',
    calls: `ec2:CreateNetworkAcl ec2:CreateNetworkAclEntry ec2:DeleteNetworkAcl ec2:DeleteNetworkAclEntry
      ec2:ReplaceNetworkAclEntry ec2:ReplaceNetworkAclAssociation ec2:CreateCustomerGateway ec2:DeleteCustomerGateway
      ec2:AttachInternetGateway ec2:CreateInternetGateway ec2:DeleteInternetGateway ec2:DetachInternetGateway
      ec2:CreateRoute ec2:CreateRouteTable ec2:ReplaceRoute ec2:ReplaceRouteTableAssociation ec2:DeleteRoute
      ec2:DeleteRouteTable ec2:DisassociateRouteTable ec2:CreateVpc ec2:DeleteVpc ec2:ModifyVpcAttribute
      ec2:AcceptVpcPeeringConnection ec2:CreateVpcPeeringConnection ec2:DeleteVpcPeeringConnection`,
    look: 'ec2:DescribeRouteTables',
  },
  {
    type: 'Custom:CloudTrail/ChangedByHand',
    what: { en: 'What is recorded', ja: '監査記録の設定' },
    technique: 'T1562.008',
    calls: `cloudtrail:CreateTrail cloudtrail:StartLogging cloudtrail:PutEventSelectors config:PutConfigurationRecorder
      config:PutDeliveryChannel`,
    look: 'cloudtrail:GetTrail',
  },
  {
    type: 'Custom:Organizations/ChangedByHand',
    what: { en: 'The organisation', ja: '組織の構成' },
    technique: 'T1666',
    calls: `organizations:AcceptHandshake organizations:AttachPolicy organizations:CreateAccount
      organizations:CreateOrganizationalUnit organizations:CreatePolicy organizations:DeclineHandshake
      organizations:DeleteOrganization organizations:DeleteOrganizationalUnit organizations:DeletePolicy
      organizations:DetachPolicy organizations:DisablePolicyType organizations:EnableAllFeatures
      organizations:InviteAccountToOrganization organizations:MoveAccount organizations:RemoveAccountFromOrganization
      organizations:UpdatePolicy organizations:UpdateOrganizationalUnit`,
    look: 'organizations:DescribeOrganization',
  },
];

export const changedByHand: readonly Detector[] = watched.map(({ type, what, technique, calls, look }) => {
  const first = calls.split(/\s+/)[0]!;
  const detector = exceptRoutine(
    onCall({
      type,
      title: {
        en: `${what.en} changed by hand, by somebody who did not do so before`,
        ja: `${what.ja}が、これまで行っていなかった者の手で変更されました`,
      },
      advice: {
        en: 'See that the change was agreed, and let it be made by reviewed code.',
        ja: '承認された変更か確認し、今後はレビュー済みのコードで行うようにしてください。',
      },
      falsePositives: {
        en: 'An administrator has a new task, or infrastructure code runs with keys of a user.',
        ja: '管理者に新しい作業がある場合や、インフラのコードがユーザーのキーで動いている場合。',
      },
      severity: 1,
      technique,
      calls,
      when: (seen) => byHand(seen) && !byPipeline(seen) && !byWorkload(seen),
      fires: { 'for the first time': {}, 'by a role': { by: 'role:Admin/alice' } },
      stays: {
        'it is looked at': { name: look },
        'a pipeline does it': { by: 'pipeline:Deploy' },
        'a pod does it': { by: 'pod:Controller' },
      },
    }),
    { name: first },
  );
  // Until a day has passed everybody is new, so it says little of an account that was just made.
  return { ...detector, learns: true };
});
