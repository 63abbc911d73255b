import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byPipeline, isForeign } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { onCall } from '../../on-call.ts';
import { accountsOf, allowsEverything, principalsOf, statementsOf } from '../../policies.ts';
import type { World } from '../../world.ts';

const document = 'requestParameters.policyDocument';
const trust = 'requestParameters.assumeRolePolicyDocument';
const policyArn = 'requestParameters.policyArn';
const roleName = 'requestParameters.roleName';

const everything: JsonObject = { Effect: 'Allow', Action: '*', Resource: '*' };
const advice: Words = {
  en: 'Detach the policy unless somebody can say why it is needed, and look at what was done with it since.',
  ja: '必要な理由を説明できる人がいなければポリシーを外し、それ以降に行われた操作を調べてください。',
};
const setUp: Words = {
  en: 'An account is being set up, or infrastructure code grants what was agreed.',
  ja: 'アカウントの初期構築中、または合意済みの権限をインフラのコードが付与している場合。',
};

export const iamGrants: readonly Detector[] = [
  ...(['User', 'Role', 'Group'] as const).map(administrator),
  ...(['User', 'Role'] as const).map(mailer),
  onCall({
    type: 'Persistence:IAM/AccountManipulation',
    signal: 'IAMRoleTrustPolicyModified',
    title: { en: 'A role lets in somebody from outside', ja: 'ロールが外部からの引き受けを許可しました' },
    advice: {
      en: 'Ask whose account it is. If nobody knows, put the trust policy back and revoke the sessions of the role.',
      ja: 'どの組織のアカウントか確認し、不明であれば信頼ポリシーを元に戻してロールのセッションを失効させてください。',
    },
    falsePositives: {
      en: 'A vendor or another account of yours is connected on purpose.',
      ja: 'ベンダーや自社の別アカウントを意図的に接続している場合。',
    },
    severity: (seen) => (byPipeline(seen) ? 2 : 5),
    technique: 'T1098',
    calls: 'iam:UpdateAssumeRolePolicy iam:CreateRole',
    target: [roleName],
    reads: [document, trust],
    when: trustsOutside,
    fires: {
      'another account': { request: { roleName: 'R', policyDocument: trusting('arn:aws:iam::444455556666:root') } },
      everybody: { request: { roleName: 'R', policyDocument: trusting('*') } },
      'a new role for another account': {
        name: 'iam:CreateRole',
        request: { roleName: 'R', assumeRolePolicyDocument: trusting('444455556666') },
      },
      'the caller alone': {
        request: { roleName: 'R', policyDocument: trusting('arn:aws:iam::111122223333:user/alice') },
      },
      'every token of a provider': { request: { roleName: 'R', policyDocument: bearing({}) } },
      itself: { request: { roleName: 'R', policyDocument: trusting('arn:aws:iam::111122223333:role/R') } },
    },
    stays: {
      'tokens of one repository': {
        request: {
          roleName: 'R',
          policyDocument: bearing({ StringLike: { 'builds.example:sub': 'repo:mine/app:*' } }),
        },
      },
      'the own account': { request: { roleName: 'R', policyDocument: trusting('arn:aws:iam::111122223333:root') } },
      'a service': {
        request: {
          roleName: 'R',
          policyDocument: JSON.stringify({
            Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          }),
        },
      },
    },
  }),
  onCall({
    type: 'Custom:IAMPolicy/VersionEscalated',
    title: {
      en: 'A policy was switched to another version, or to one that allows everything',
      ja: 'ポリシーの既定バージョンが切り替えられたか、すべてを許可する版が作成されました',
    },
    advice: {
      en: 'Compare the versions. If the new one gives more than was meant, set the old one as default and delete it.',
      ja: 'バージョンを比較し、意図より広い権限であれば以前の版を既定に戻して新しい版を削除してください。',
    },
    falsePositives: { en: 'A faulty policy is rolled back.', ja: '不具合のあるポリシーを元の版に戻している場合。' },
    severity: (seen) => (seen.name === 'CreatePolicyVersion' ? 8 : 5),
    technique: 'T1098.003',
    calls: 'iam:SetDefaultPolicyVersion iam:CreatePolicyVersion',
    target: [policyArn],
    reads: [document],
    when: (seen) => seen.name === 'SetDefaultPolicyVersion' || statementsOf(seen.json(document)).some(allowsEverything),
    fires: {
      'another version': { request: { policyArn: 'arn:aws:iam::111122223333:policy/P', versionId: 'v1' } },
      'a version with everything': {
        name: 'iam:CreatePolicyVersion',
        request: { policyArn: 'arn:aws:iam::111122223333:policy/P', policyDocument: allowing(everything) },
      },
    },
    stays: {
      'a narrow version': {
        name: 'iam:CreatePolicyVersion',
        request: { policyDocument: allowing({ ...everything, Action: 's3:GetObject' }) },
      },
    },
  }),
];

function administrator(kind: 'User' | 'Role' | 'Group'): Detector {
  const name = `requestParameters.${kind.toLowerCase()}Name`;
  const key = `${kind.toLowerCase()}Name`;
  const ja = { User: 'ユーザー', Role: 'ロール', Group: 'グループ' }[kind];
  const inline = `iam:Put${kind}Policy`;
  return onCall({
    ...(kind === 'Group'
      ? { type: 'Custom:IAMGroup/AdminPolicyAttached' }
      : { type: 'PrivilegeEscalation:IAM/AccountManipulation', signal: `AdminPolicyAttachedTo${kind}` }),
    title: {
      en: `A ${kind.toLowerCase()} was given everything that the account allows`,
      ja: `${ja}に管理者権限が付与されました`,
    },
    advice,
    falsePositives: setUp,
    severity: 8,
    technique: 'T1098.003',
    calls: `iam:Attach${kind}Policy ${inline}`,
    target: [name],
    reads: [policyArn, document],
    when: (seen) =>
      isManaged(seen.text(policyArn), 'AdministratorAccess') ||
      statementsOf(seen.json(document)).some(allowsEverything),
    fires: {
      'the managed policy': { request: { [key]: 'X', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } },
      'an inline policy': { name: inline, request: { [key]: 'X', policyDocument: allowing(everything) } },
    },
    stays: {
      'another policy': { request: { [key]: 'X', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      'everything of one bucket': {
        name: inline,
        request: { [key]: 'X', policyDocument: allowing({ ...everything, Resource: 'arn:aws:s3:::letters' }) },
      },
      'everything is denied': {
        name: inline,
        request: { [key]: 'X', policyDocument: allowing({ ...everything, Effect: 'Deny' }) },
      },
    },
  });
}

function mailer(kind: 'User' | 'Role'): Detector {
  const name = `requestParameters.${kind.toLowerCase()}Name`;
  const key = `${kind.toLowerCase()}Name`;
  return onCall({
    type: 'PrivilegeEscalation:IAM/AccountManipulation',
    signal: `SESFullAccessPolicyAttachedTo${kind}`,
    title: {
      en: `A ${kind.toLowerCase()} was given all of the mail service`,
      ja: `${kind === 'User' ? 'ユーザー' : 'ロール'}に SES の全権限が付与されました`,
    },
    advice,
    falsePositives: { en: 'An application is to send mail.', ja: 'アプリケーションからメールを送信する場合。' },
    severity: 5,
    technique: 'T1098.001',
    calls: `iam:Attach${kind}Policy`,
    target: [name],
    reads: [policyArn],
    when: (seen) => isManaged(seen.text(policyArn), 'AmazonSESFullAccess'),
    fires: {
      'the managed policy': { request: { [key]: 'X', policyArn: 'arn:aws:iam::aws:policy/AmazonSESFullAccess' } },
    },
    stays: {
      'reading only': { request: { [key]: 'X', policyArn: 'arn:aws:iam::aws:policy/AmazonSESReadOnlyAccess' } },
    },
  });
}

function isManaged(arn: string | undefined, name: string): boolean {
  return arn !== undefined && /^arn:aws[a-z-]*:iam::aws:policy\//.test(arn) && arn.endsWith(`/${name}`);
}

function trustsOutside(seen: Seen<typeof document | typeof trust | typeof roleName>, world: World): boolean {
  const itself = `:role/${seen.text(roleName) ?? ''}`;
  return statementsOf(seen.json(document) ?? seen.json(trust)).some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      (accountsOf(statement).some((account) => isForeign(account, seen, world)) ||
        principalsOf(statement).some(
          (principal) => principal === '*' || principal.endsWith(itself) || principal === seen.text('userIdentity.arn'),
        ) ||
        isForAnyToken(statement)),
  );
}

/** Whoever has any token of a provider: everybody who has an account there. */
function isForAnyToken(statement: JsonObject): boolean {
  const isByToken = principalsOf(statement).some((principal) => principal.includes(':oidc-provider/'));
  return (
    isByToken && !/:(?:sub|amr|oaud|job_workflow_ref|repository)"/.test(JSON.stringify(statement['Condition'] ?? {}))
  );
}

function bearing(Condition: JsonObject): string {
  const Federated = 'arn:aws:iam::111122223333:oidc-provider/builds.example';
  return allowing({
    Effect: 'Allow',
    Principal: { Federated },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'builds.example:aud': 'sts.amazonaws.com' }, ...Condition },
  });
}

function trusting(AWS: string): string {
  return allowing({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
}

function allowing(statement: JsonObject): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
