import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, byWorkload, lowAtWork, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { actionsOf, allowsEverything, statementsOf } from '../../policies.ts';

// Rights that are not everything, and lead there.

const document = 'requestParameters.policyDocument';
const policyArn = 'requestParameters.policyArn';
const policyName = 'requestParameters.policyName';
const who = ['requestParameters.userName', 'requestParameters.roleName', 'requestParameters.groupName'] as const;
const everything: JsonObject = { Effect: 'Allow', Action: '*', Resource: '*' };
const association = 'requestParameters.AssociateIamInstanceProfileRequest';
const replacement = 'requestParameters.ReplaceIamInstanceProfileAssociationRequest';

const advice: Words = {
  en: 'Ask who needs it. If nobody can say, take it back and look at what was done with it since.',
  ja: '必要とする人を確認し、説明できなければ取り消して、それ以降に行われた操作を調べてください。',
};
const setUp: Words = {
  en: 'An account is being set up, or somebody is given a new task.',
  ja: 'アカウントの初期構築中や、新しい作業を任された人がいる場合。',
};

/** Who may do one of these with everything can give itself the rest. */
const leading =
  /^iam:(\*|put\*|attach\*|create\*|update\*|putuserpolicy|putrolepolicy|putgrouppolicy|attachuserpolicy|attachrolepolicy|attachgrouppolicy|createpolicyversion|setdefaultpolicyversion|createaccesskey|createloginprofile|updateloginprofile|updateassumerolepolicy|addusertogroup|passrole)$|^sts:(\*|assumerole)$/;
const managed = /:aws:policy\/(?:PowerUserAccess|IAMFullAccess|AWSOrganizationsFullAccess)$/;

export const roadsToPower: readonly Detector[] = [
  onCall({
    type: 'Custom:IAMPolicy/AdministratorPolicyCreated',
    title: { en: 'A policy that allows everything was made', ja: 'すべてを許可するポリシーが作成されました' },
    advice,
    falsePositives: setUp,
    severity: lowAtWork(5),
    technique: 'T1098.003',
    calls: 'iam:CreatePolicy',
    target: [policyName],
    reads: [document],
    when: (seen) => statementsOf(seen.json(document)).some((statement) => allowsEverything(statement)),
    fires: { 'it allows everything': { request: { policyName: 'P', policyDocument: allowing(everything) } } },
    stays: {
      'it allows one thing': {
        request: { policyName: 'P', policyDocument: allowing({ ...everything, Action: 's3:GetObject' }) },
      },
      'it denies everything': {
        request: { policyName: 'P', policyDocument: allowing({ ...everything, Effect: 'Deny' }) },
      },
    },
  }),
  onCall({
    type: 'Custom:IAM/EscalatingPolicyGranted',
    title: {
      en: 'Somebody was given rights that lead to all others',
      ja: '自らの権限を拡大できるポリシーが付与されました',
    },
    advice,
    falsePositives: setUp,
    severity: lowAtWork(5),
    technique: 'T1098.003',
    calls: `iam:PutUserPolicy iam:PutRolePolicy iam:PutGroupPolicy iam:AttachUserPolicy iam:AttachRolePolicy
      iam:AttachGroupPolicy iam:CreatePolicy iam:CreatePolicyVersion`,
    target: [...who, policyArn, policyName],
    reads: [document],
    // Infrastructure code gives build systems such rights, under review.
    when: (seen) =>
      !byPipeline(seen) &&
      (managed.test(seen.text(policyArn) ?? '') || statementsOf(seen.json(document)).some(leadsToAll)),
    fires: {
      'all of IAM, inline': {
        request: { userName: 'bob', policyDocument: allowing({ ...everything, Action: 'iam:*' }) },
      },
      'any role can be passed': {
        name: 'iam:PutRolePolicy',
        request: {
          roleName: 'R',
          policyDocument: allowing({ ...everything, Action: ['ec2:RunInstances', 'iam:PassRole'] }),
        },
      },
      'the managed policy': {
        name: 'iam:AttachUserPolicy',
        request: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' },
      },
    },
    stays: {
      'one role can be passed': {
        request: {
          userName: 'bob',
          policyDocument: allowing({
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:aws:iam::111122223333:role/Task',
          }),
        },
      },
      'reading only': { request: { userName: 'bob', policyDocument: allowing({ ...everything, Action: 'iam:Get*' }) } },
      'a pipeline does it': {
        by: 'pipeline:Deploy',
        request: { userName: 'bob', policyDocument: allowing({ ...everything, Action: 'iam:*' }) },
      },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:IAMUser/AddedToGroup',
      title: { en: 'A user was added to a group', ja: 'ユーザーがグループに追加されました' },
      advice,
      falsePositives: setUp,
      // Whoever adds themselves helps nobody else.
      severity: (seen) => (seen.text(who[0]) === seen.text('userIdentity.userName') ? 5 : 2),
      technique: 'T1098.003',
      calls: 'iam:AddUserToGroup',
      target: [who[0]],
      when: unreviewed,
      fires: {
        'another one': { request: { userName: 'bob', groupName: 'Admins' } },
        oneself: { request: { userName: 'alice', groupName: 'Admins' } },
      },
      stays: {
        'taken out': { name: 'iam:RemoveUserFromGroup', request: { userName: 'bob', groupName: 'Admins' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { userName: 'bob', groupName: 'Admins' } },
      },
    }),
    { name: 'iam:AddUserToGroup', request: { userName: 'bob', groupName: 'Admins' } },
  ),
  onCall({
    type: 'Custom:IAM/PermissionsBoundaryRemoved',
    title: { en: 'The limit of what somebody may be given was taken away', ja: 'アクセス許可の境界が外されました' },
    advice,
    falsePositives: setUp,
    severity: lowAtWork(5),
    technique: 'T1098.003',
    calls: 'iam:DeleteUserPermissionsBoundary iam:DeleteRolePermissionsBoundary',
    target: who,
    fires: {
      'of a user': { request: { userName: 'bob' } },
      'of a role': { name: 'iam:DeleteRolePermissionsBoundary', request: { roleName: 'R' } },
    },
    stays: { 'one is set': { name: 'iam:PutUserPermissionsBoundary', request: { userName: 'bob' } } },
  }),
  onCall({
    type: 'Custom:EC2Instance/RoleReplaced',
    title: {
      en: 'A running instance was given another role',
      ja: '稼働中のインスタンスに別のロールが割り当てられました',
    },
    advice,
    falsePositives: {
      en: 'Somebody mends a missing permission by hand.',
      ja: '足りない権限を手作業で補っている場合。',
    },
    severity: lowAtWork(5),
    technique: 'T1098.003',
    calls: 'ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfileAssociation',
    target: [`${association}.InstanceId`, `${replacement}.AssociationId`, 'requestParameters.instanceId'],
    when: (seen) => !byPipeline(seen) && !byWorkload(seen),
    fires: {
      'it had none': {
        request: {
          AssociateIamInstanceProfileRequest: { InstanceId: 'i-1', IamInstanceProfile: { Name: 'Admin' } },
        },
      },
      'it had another': {
        name: 'ec2:ReplaceIamInstanceProfileAssociation',
        request: { ReplaceIamInstanceProfileAssociationRequest: { AssociationId: 'iip-1' } },
      },
    },
    stays: {
      'it is taken away': { name: 'ec2:DisassociateIamInstanceProfile' },
      'a pipeline does it': { by: 'pipeline:Deploy' },
    },
  }),
  onCall({
    type: 'Custom:EKSCluster/AdministratorAdded',
    title: {
      en: 'Somebody was made administrator of a Kubernetes cluster',
      ja: 'Kubernetes クラスターの管理者が追加されました',
    },
    advice,
    falsePositives: setUp,
    severity: lowAtWork(5),
    technique: 'T1098.006',
    calls: 'eks:AssociateAccessPolicy eks:CreateAccessEntry eks:UpdateAccessEntry',
    target: ['requestParameters.principalArn', 'requestParameters.name'],
    reads: [policyArn, 'requestParameters.kubernetesGroups'],
    when: (seen) =>
      /AmazonEKS(Cluster)?AdminPolicy$/.test(seen.text(policyArn) ?? '') ||
      seen.list('requestParameters.kubernetesGroups').includes('system:masters'),
    fires: {
      'by a policy': {
        request: {
          name: 'c',
          principalArn: 'arn:aws:iam::111122223333:user/bob',
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      },
      'by a group': {
        name: 'eks:CreateAccessEntry',
        request: { name: 'c', principalArn: 'arn:b', kubernetesGroups: ['system:masters'] },
      },
    },
    stays: {
      'who may look': {
        request: { name: 'c', policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy' },
      },
    },
  }),
  onCall({
    type: 'Custom:GlueEndpoint/CreatedWithKey',
    title: {
      en: 'A development endpoint was opened for a key',
      ja: 'SSH キーで接続できる Glue 開発エンドポイントが作成または変更されました',
    },
    advice: {
      en: 'See whose key it is: it gives the role of the endpoint to its holder.',
      ja: '誰のキーか確認してください。所持者はエンドポイントのロールを使えます。',
    },
    falsePositives: { en: 'A data engineer develops a job.', ja: 'データエンジニアがジョブを開発している場合。' },
    severity: lowAtWork(5),
    technique: 'T1548',
    calls: 'glue:CreateDevEndpoint glue:UpdateDevEndpoint',
    target: ['requestParameters.endpointName'],
    fires: { 'it is created': { request: { endpointName: 'e', publicKey: 'ssh-rsa x', roleArn: 'arn:r' } } },
    stays: { 'they are listed': { name: 'glue:ListDevEndpoints' } },
  }),
];

function leadsToAll(statement: JsonObject): boolean {
  if (statement['Effect'] !== 'Allow' || allowsEverything(statement)) return false;
  const resource = statement['Resource'];
  const resources = Array.isArray(resource) ? resource : [resource];
  if (!resources.includes('*')) return false;
  if (statement['NotAction'] !== undefined) return true;
  // A condition may narrow a pass to one service; nothing else of it is looked at.
  return statement['Condition'] === undefined && actionsOf(statement).some((action) => leading.test(action));
}

function allowing(statement: JsonObject): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
