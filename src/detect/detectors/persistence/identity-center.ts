import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { allowsEverything, statementsOf } from '../../policies.ts';

// IAM Identity Center lets people into every account: who changes it needs no user anywhere.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-cloudtrail-use-cases.html

const advice: Words = {
  en: 'Ask who wanted this. If nobody did, take it back, and end the sessions of the users concerned.',
  ja: '依頼した人を確認し、いなければ取り消して、該当するユーザーのセッションを終了させてください。',
};
const joined: Words = {
  en: 'Somebody joins, changes teams, or gets a new telephone.',
  ja: '入社や異動、携帯電話の機種変更の場合。',
};
const managed = 'requestParameters.managedPolicyArn';
const inline = 'requestParameters.inlinePolicy';
const set = 'requestParameters.permissionSetArn';
const user = 'requestParameters.userId';
const everything: JsonObject = { Effect: 'Allow', Action: '*', Resource: '*' };

export const identityCenter: readonly Detector[] = [
  onCall({
    type: 'Custom:IdentityCenter/AdministratorPermissionSet',
    title: {
      en: 'A permission set was given everything that accounts allow',
      ja: '許可セットに管理者権限が付与されました',
    },
    advice,
    falsePositives: { en: 'The portal is being set up.', ja: 'ポータルを構築している場合。' },
    severity: lowByPipeline(8),
    technique: 'T1098.003',
    calls: 'sso:AttachManagedPolicyToPermissionSet sso:PutInlinePolicyToPermissionSet',
    target: [set],
    reads: [managed, inline],
    when: (seen) =>
      /:aws:policy\/AdministratorAccess$/.test(seen.text(managed) ?? '') ||
      statementsOf(seen.json(inline)).some(allowsEverything),
    fires: {
      'the managed policy': {
        request: { permissionSetArn: 'ps', managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
      'an inline policy': {
        name: 'sso:PutInlinePolicyToPermissionSet',
        request: { permissionSetArn: 'ps', inlinePolicy: JSON.stringify({ Statement: [everything] }) },
      },
    },
    stays: {
      'reading only': {
        request: { permissionSetArn: 'ps', managedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:IdentityCenter/AccessGranted',
      title: {
        en: 'Somebody was let into an account by the portal',
        ja: 'ポータルのユーザーまたはグループにアカウントへのアクセスが付与されました',
      },
      advice,
      falsePositives: joined,
      severity: 2,
      technique: 'T1098.003',
      calls: `sso:CreateAccountAssignment sso-directory:AddMemberToGroup identitystore:CreateGroupMembership`,
      target: [set, 'requestParameters.groupId', 'requestParameters.GroupId'],
      when: unreviewed,
      fires: {
        'to an account': { request: { permissionSetArn: 'ps', targetId: '222233334444', principalType: 'USER' } },
        'by a group': { name: 'sso-directory:AddMemberToGroup', request: { groupId: 'g' } },
      },
      stays: {
        'it is taken back': { name: 'sso:DeleteAccountAssignment', request: { permissionSetArn: 'ps' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { permissionSetArn: 'ps' } },
      },
    }),
    { name: 'sso:CreateAccountAssignment', request: { permissionSetArn: 'ps', targetId: '222233334444' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:IdentityCenter/UserCreated',
      title: { en: 'A user of the portal was created', ja: 'ポータルのユーザーが作成されました' },
      advice,
      falsePositives: joined,
      severity: 2,
      technique: 'T1136.003',
      calls: 'sso-directory:CreateUser identitystore:CreateUser',
      target: ['responseElements.user.userId', 'responseElements.userId', 'requestParameters.userName'],
      when: unreviewed,
      fires: { 'by hand': { request: { identityStoreId: 'd-1' } } },
      stays: {
        'a pipeline does it': { by: 'pipeline:Deploy' },
        'they are listed': { name: 'identitystore:ListUsers' },
      },
    }),
    { name: 'sso-directory:CreateUser', request: { identityStoreId: 'd-1' } },
  ),
  onCall({
    type: 'Custom:IdentityCenter/CredentialsReplaced',
    title: {
      en: 'The password or second factor of somebody of the portal was replaced',
      ja: 'ポータルのユーザーのパスワードまたは MFA が変更されました',
    },
    advice,
    falsePositives: joined,
    severity: 5,
    technique: 'T1556.006',
    calls: 'sso-directory:DeleteMfaDeviceForUser sso-directory:UpdatePassword sso-directory:UpdateMfaDeviceForUser',
    target: [user],
    fires: {
      'the second factor is taken away': { request: { userId: 'u', mfaDeviceId: 'm' } },
      'the password is reset': { name: 'sso-directory:UpdatePassword', request: { userId: 'u' } },
    },
    stays: { 'devices are listed': { name: 'sso-directory:ListMfaDevicesForUser', request: { userId: 'u' } } },
  }),
  onCall({
    type: 'Custom:IdentityCenter/IdentityProviderChanged',
    title: { en: 'Where people of the portal come from was changed', ja: 'ポータルの ID ソースが変更されました' },
    advice: {
      en: 'Compare the provider with yours: whoever holds it can enter every account as anybody.',
      ja: 'ID プロバイダーが自社のものか確認してください。支配する者は誰としてでも全アカウントに入れます。',
    },
    falsePositives: {
      en: 'Sign-in moves to another provider.',
      ja: 'サインインを別のプロバイダーへ移行している場合。',
    },
    severity: lowByPipeline(8),
    technique: 'T1484.002',
    calls: `sso-directory:CreateExternalIdPConfigurationForDirectory
      sso-directory:UpdateExternalIdPConfigurationForDirectory
      sso-directory:EnableExternalIdPConfigurationForDirectory
      sso-directory:DisableExternalIdPConfigurationForDirectory sso-directory:ImportExternalIdPCertificate
      sso:AssociateDirectory sso:DisassociateDirectory sso:CreateTrustedTokenIssuer sso:UpdateTrustedTokenIssuer
      sso:DisableExternalIdPConfigurationForDirectory sso:EnableExternalIdPConfigurationForDirectory`,
    target: ['requestParameters.directoryId', 'requestParameters.name'],
    fires: {
      'an outside one is enabled': {
        name: 'sso-directory:EnableExternalIdPConfigurationForDirectory',
        request: { directoryId: 'd-1' },
      },
    },
    stays: { 'it is read': { name: 'sso-directory:ListExternalIdPConfigurationsForDirectory' } },
  }),
  onCall({
    type: 'Custom:IdentityCenter/MfaWeakened',
    title: { en: 'The portal asks less for a second factor', ja: 'ポータルの MFA 設定が変更されました' },
    advice: {
      en: 'Look at the setting in the console, and demand a second factor at every sign-in.',
      ja: 'コンソールで設定を確認し、サインインのたびに MFA を要求するようにしてください。',
    },
    falsePositives: { en: 'The setting is made stricter.', ja: '設定を強化している場合。' },
    severity: lowByPipeline(5),
    technique: 'T1556.006',
    calls: 'sso:PutMfaDeviceManagementForDirectory sso:UpdateSSOConfiguration sso:UpdateSsoConfiguration',
    target: ['requestParameters.directoryId'],
    fires: { 'it is changed': { request: { directoryId: 'd-1' } } },
    stays: { 'it is read': { name: 'sso:GetSsoConfiguration' } },
  }),
];
