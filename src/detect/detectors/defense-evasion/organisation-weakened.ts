import type { Words } from '../../../model/words.ts';
import { isForeign, lowByPipeline } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onCall } from '../../on-call.ts';

// What holds for all accounts holds no longer.

const advice: Words = {
  en: 'Put it back from the management account, and look at what the accounts concerned did meanwhile.',
  ja: '管理アカウントから元に戻し、影響を受けたアカウントでその間に行われた操作を調べてください。',
};
const reorganised: Words = {
  en: 'The organisation is being rebuilt by those who run it.',
  ja: '組織の管理者が構成を見直している場合。',
};
const service = 'requestParameters.servicePrincipal';
const account = 'requestParameters.accountId';
const policyId = 'requestParameters.policyId';
const parties = 'requestParameters.target.id';

export const organisationWeakened: readonly Detector[] = [
  onCall({
    type: 'Custom:Organizations/GuardrailRemoved',
    title: {
      en: 'A policy of the organisation was detached or deleted',
      ja: '組織ポリシー（SCP など）がデタッチまたは削除されました',
    },
    advice,
    falsePositives: reorganised,
    severity: lowByPipeline(5),
    technique: 'T1562',
    calls: 'organizations:DetachPolicy organizations:DeletePolicy organizations:DeleteResourcePolicy',
    target: [policyId],
    fires: {
      'it is detached': { request: { policyId: 'p-guard', targetId: 'ou-1' } },
      'it is deleted': { name: 'organizations:DeletePolicy', request: { policyId: 'p-guard' } },
    },
    stays: { 'one is attached': { name: 'organizations:AttachPolicy', request: { policyId: 'p-guard' } } },
  }),
  onCall({
    type: 'Custom:Organizations/AccountTakenOut',
    title: {
      en: 'An account was taken out of the organisation or closed',
      ja: 'アカウントが組織から外されたか、解約されました',
    },
    advice: {
      en: 'A closed account can be reopened within 90 days: ask who did this before anything is lost.',
      ja: '解約したアカウントは 90 日以内なら再開できます。失われる前に、実施した人を確認してください。',
    },
    falsePositives: { en: 'An account has done its service.', ja: '役目を終えたアカウントを整理している場合。' },
    severity: lowByPipeline(8),
    technique: 'T1666',
    calls:
      'organizations:RemoveAccountFromOrganization organizations:CloseAccount account:CloseAccount organizations:DeleteOrganization',
    target: [account],
    fires: {
      'it is removed': { request: { accountId: '222233334444' } },
      'it is closed': { name: 'organizations:CloseAccount', request: { accountId: '222233334444' } },
    },
    stays: { 'it is moved': { name: 'organizations:MoveAccount', request: { accountId: '222233334444' } } },
  }),
  onCall({
    type: 'Custom:Organizations/ForeignOrganizationJoined',
    title: {
      en: 'The account accepted an invitation to an organisation',
      ja: 'アカウントが組織への招待を承諾しました',
    },
    advice: {
      en: 'See whose organisation it is: its management account has power over this one and pays its bills.',
      ja: 'どの組織か確認してください。管理アカウントは、参加したアカウントに対して強い権限を持ちます。',
    },
    falsePositives: reorganised,
    severity: 5,
    technique: 'T1666',
    calls: 'organizations:AcceptHandshake',
    target: ['requestParameters.handshakeId'],
    fires: { 'it joins': { request: { handshakeId: 'h-1' } } },
    stays: { 'it declines': { name: 'organizations:DeclineHandshake', request: { handshakeId: 'h-1' } } },
  }),
  onCall({
    type: 'Custom:Organizations/ForeignAccountInvited',
    title: { en: 'An account from outside was invited', ja: '外部のアカウントが組織に招待されました' },
    advice: {
      en: 'Ask whose account it is, and cancel the invitation if nobody knows.',
      ja: '誰のアカウントか確認し、不明であれば招待を取り消してください。',
    },
    falsePositives: { en: 'A company was bought.', ja: '買収した会社のアカウントを迎える場合。' },
    severity: 2,
    technique: 'T1666',
    calls: 'organizations:InviteAccountToOrganization',
    target: [parties],
    when: (seen, world) => isForeign(seen.text(parties) ?? '', seen, world),
    fires: { 'it is not ours': { request: { target: { id: example.otherAccount, type: 'ACCOUNT' } } } },
    stays: { 'it is ours': { request: { target: { id: example.sisterAccount, type: 'ACCOUNT' } } } },
  }),
  onCall({
    type: 'Custom:Organizations/DelegationChanged',
    title: {
      en: 'Who runs a service for the whole organisation was changed',
      ja: '組織全体のサービスの管理を委任するアカウントが変更されました',
    },
    advice,
    falsePositives: reorganised,
    severity: lowByPipeline(5),
    technique: 'T1098',
    calls: `organizations:RegisterDelegatedAdministrator organizations:DeregisterDelegatedAdministrator
      organizations:DisableAWSServiceAccess organizations:PutResourcePolicy`,
    target: [service, account],
    fires: {
      'an account is given a service': {
        request: { accountId: '222233334444', servicePrincipal: 'sso.amazonaws.com' },
      },
      'a service is shut out': {
        name: 'organizations:DisableAWSServiceAccess',
        request: { servicePrincipal: 'guardduty.amazonaws.com' },
      },
    },
    stays: { 'they are listed': { name: 'organizations:ListDelegatedAdministrators' } },
  }),
  onCall({
    type: 'Custom:Organizations/RootAccessCentralized',
    title: {
      en: 'Root of all member accounts can be taken from one account',
      ja: 'メンバーアカウントのルートアクセスが一元管理できるようになりました',
    },
    advice: {
      en: 'Ask who wants it: whoever holds this account can become root anywhere.',
      ja: '必要とする人を確認してください。このアカウントを支配する者は、どのアカウントでもルートになれます。',
    },
    falsePositives: {
      en: 'Root credentials of members are taken away on purpose, as AWS recommends.',
      ja: 'AWS の推奨に従い、メンバーのルート認証情報を廃止している場合。',
    },
    severity: 2,
    technique: 'T1098',
    calls: `iam:EnableOrganizationsRootSessions iam:EnableOrganizationsRootCredentialsManagement`,
    fires: { 'sessions are allowed': {} },
    stays: { 'they are forbidden': { name: 'iam:DisableOrganizationsRootSessions' } },
  }),
  onCall({
    type: 'Custom:Organizations/MemberRootTaken',
    title: {
      en: 'Somebody became root of a member account',
      ja: 'メンバーアカウントのルートセッションが取得されました',
    },
    advice: {
      en: 'See what was done as root in that account within the next minutes, and ask the caller why.',
      ja: '直後にそのアカウントでルートとして行われた操作を調べ、呼び出した人に目的を確認してください。',
    },
    falsePositives: {
      en: 'A bucket or queue that locked everybody out is unlocked.',
      ja: '全員を締め出したバケットやキューのポリシーを直している場合。',
    },
    severity: 5,
    technique: 'T1548.005',
    calls: 'sts:AssumeRoot',
    target: ['requestParameters.targetPrincipal'],
    fires: { 'a session is given': { request: { targetPrincipal: '222233334444' } } },
    stays: { 'a role is taken': { name: 'sts:AssumeRole', request: { roleArn: 'arn:aws:iam::222233334444:role/R' } } },
  }),
];
