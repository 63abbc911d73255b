import { byColleague, byPipeline, isPortalRole } from '../../callers.ts';
import type { Detector, Reading } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

const userName = 'requestParameters.userName';

const portalSession = {
  type: 'AssumedRole',
  principalId: 'AROAPORTALXXXXXXXXXX:alice',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
    },
  },
};

// Ways to come back: keys, passwords, providers.

export const iamCredentials: readonly Detector[] = [
  onCall({
    type: 'Custom:IAMUser/UserCreated',
    title: { en: 'A user was created', ja: 'IAM ユーザーが作成されました' },
    advice: {
      en: 'Ask what the user is for: people come through single sign-on, programs through roles. Delete it if nobody can say.',
      ja: '用途を確認してください。人はシングルサインオン、プログラムはロールで足ります。説明できなければ削除します。',
    },
    falsePositives: { en: 'Something old needs a user of its own.', ja: '古い仕組みに専用ユーザーが必要な場合。' },
    severity: 2,
    technique: 'T1136.003',
    calls: 'iam:CreateUser',
    target: [userName],
    when: (seen) => !byPipeline(seen),
    fires: { 'by hand': { request: { userName: 'bob' } } },
    stays: {
      'they are listed': { name: 'iam:ListUsers' },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { userName: 'bob' } },
    },
  }),
  onCall({
    type: 'Persistence:IAM/AccountManipulation',
    signal: 'IAMAccessKeyCreated',
    title: { en: 'An access key was created', ja: 'アクセスキーが作成されました' },
    advice: {
      en: 'Ask the owner of the user. A key that somebody else made for it is a back door: delete it.',
      ja: 'ユーザーの所有者に確認してください。他人が作成したキーはバックドアの可能性があるため削除します。',
    },
    falsePositives: { en: 'Keys are rotated by their owners.', ja: '所有者がキーをローテーションしている場合。' },
    severity: (seen) => (isOfRoot(seen) ? 8 : isForAnother(seen, seen.text(userName)) && !byPipeline(seen) ? 5 : 2),
    technique: 'T1098.001',
    calls: 'iam:CreateAccessKey',
    target: [userName],
    fires: { 'for another user': { request: { userName: 'bob' } }, 'for oneself': {}, 'for root': { by: 'root' } },
    stays: { 'keys are listed': { name: 'iam:ListAccessKeys' } },
  }),
  onCall({
    type: 'Persistence:IAM/AccountManipulation',
    signal: 'IAMUserLoginProfileCreated',
    title: { en: 'A user was given a console password', ja: 'ユーザーにコンソールのパスワードが設定されました' },
    advice: {
      en: 'Ask whether this user is a person. If not, delete the login profile and look for sign-ins.',
      ja: 'このユーザーが人間用か確認してください。違う場合はログインプロファイルを削除し、サインインの有無を調べます。',
    },
    falsePositives: { en: 'A new colleague is given access.', ja: '新しい同僚にアクセスを付与した場合。' },
    severity: 8,
    technique: 'T1098.001',
    calls: 'iam:CreateLoginProfile',
    target: [userName],
    fires: { 'for another user': { request: { userName: 'bob', passwordResetRequired: false } } },
    stays: { 'it is read': { name: 'iam:GetLoginProfile', request: { userName: 'bob' } } },
  }),
  onCall({
    type: 'Persistence:IAM/AccountManipulation',
    signal: 'IAMUserLoginProfileUpdated',
    title: {
      en: 'The console password of another user was changed',
      ja: '他のユーザーのコンソールパスワードが変更されました',
    },
    advice: {
      en: 'Ask the user whether the password was reset at their wish. If not, reset it again and end their sessions.',
      ja: '本人の希望による再設定か確認してください。違う場合は再設定し直し、セッションを終了させます。',
    },
    falsePositives: { en: 'Somebody forgot a password.', ja: 'パスワードを忘れた人がいる場合。' },
    severity: (seen) => (byColleague(seen) ? 2 : 5),
    technique: 'T1098.001',
    calls: 'iam:UpdateLoginProfile',
    target: [userName],
    when: (seen) => isForAnother(seen, seen.text(userName)),
    fires: { 'of another user': { request: { userName: 'bob' } } },
    stays: { 'of oneself': { request: { userName: 'alice' } } },
  }),
  onCall({
    type: 'PrivilegeEscalation:IAM/AccountManipulation',
    signal: 'BedrockServiceCredentialCreated',
    title: { en: 'A long-lived key for Bedrock was created', ja: 'Bedrock の長期 API キーが作成されました' },
    advice: {
      en: 'Delete the credential if nobody asked for it, and watch what models are invoked at what cost.',
      ja: '依頼されたものでなければ認証情報を削除し、モデルの呼び出しとコストを監視してください。',
    },
    falsePositives: { en: 'A developer tries the models.', ja: '開発者がモデルを試している場合。' },
    severity: 5,
    technique: 'T1098.001',
    calls: 'iam:CreateServiceSpecificCredential',
    target: [userName],
    reads: ['requestParameters.serviceName'],
    when: (seen) => seen.text('requestParameters.serviceName') === 'bedrock.amazonaws.com',
    fires: { 'for Bedrock': { request: { userName: 'bob', serviceName: 'bedrock.amazonaws.com' } } },
    stays: { 'for a repository': { request: { userName: 'bob', serviceName: 'codecommit.amazonaws.com' } } },
  }),
  onCall({
    type: 'Persistence:RolesAnywhere/AccountManipulation',
    signal: 'RolesAnywhereTrustAnchorCreated',
    title: {
      en: 'A trust anchor for certificates from outside was created',
      ja: '外部の証明書を信頼するトラストアンカーが作成されました',
    },
    advice: {
      en: 'Ask whose certificate authority it is. Disable the anchor if nobody knows: its holder can take roles without any key of yours.',
      ja: '認証局の持ち主を確認し、不明であればトラストアンカーを無効にしてください。所持者はキーなしでロールを引き受けられます。',
    },
    falsePositives: {
      en: 'Servers outside AWS are connected on purpose.',
      ja: 'AWS 外のサーバーを意図的に接続している場合。',
    },
    severity: 5,
    technique: 'T1098.001',
    calls: 'rolesanywhere:CreateTrustAnchor',
    target: ['requestParameters.name'],
    fires: { 'it is created': { request: { name: 'ca', enabled: true } } },
    stays: { 'they are listed': { name: 'rolesanywhere:ListTrustAnchors' } },
  }),
  onCall({
    type: 'Custom:IAM/IdentityProviderChanged',
    title: {
      en: 'An identity provider of the account was added or changed',
      ja: 'アカウントの ID プロバイダーが追加または変更されました',
    },
    advice: {
      en: 'Compare its metadata and thumbprints with what you expect: whoever holds the provider can sign in as anybody.',
      ja: 'メタデータとサムプリントを想定と比較してください。プロバイダーを支配する者は誰にでもなりすませます。',
    },
    falsePositives: {
      en: 'Single sign-on or a build system is connected, or a certificate is renewed.',
      ja: 'シングルサインオンやビルドシステムの接続、証明書の更新を行った場合。',
    },
    severity: (seen) => (byPipeline(seen) ? 2 : 5),
    technique: 'T1484.002',
    calls: `iam:CreateSAMLProvider iam:UpdateSAMLProvider iam:CreateOpenIDConnectProvider
      iam:UpdateOpenIDConnectProviderThumbprint iam:AddClientIDToOpenIDConnectProvider`,
    target: [
      'requestParameters.name',
      'requestParameters.sAMLProviderArn',
      'requestParameters.url',
      'requestParameters.openIDConnectProviderArn',
    ],
    fires: { 'one is added': { request: { name: 'Mine', sAMLMetadataDocument: '<xml/>' } } },
    stays: { 'they are listed': { name: 'iam:ListSAMLProviders' } },
  }),
  onCall({
    type: 'Custom:IAMUser/FederationTokenSession',
    title: {
      en: 'A user made a session that outlives the removal of its key',
      ja: 'ユーザーがキーの削除後も有効なフェデレーションセッションを作成しました',
    },
    advice: {
      en: 'Attach a policy to the user that denies what was issued before now: deactivating the key does not end this session.',
      ja: '現在より前に発行された認証情報を拒否するポリシーをユーザーに付けてください。キーを無効にしてもこのセッションは終わりません。',
    },
    falsePositives: {
      en: 'An older application hands out federation tokens by design.',
      ja: '古いアプリケーションが設計上フェデレーショントークンを発行している場合。',
    },
    severity: 5,
    technique: 'T1550.001',
    calls: 'sts:GetFederationToken',
    target: ['requestParameters.name'],
    fires: { 'by a user': { request: { name: 'session', durationSeconds: 43_200 } } },
    stays: { 'a session token for MFA': { name: 'sts:GetSessionToken' } },
  }),
  onCall({
    type: 'Custom:IAMUser/ConsoleSessionFromKeys',
    title: {
      en: 'Keys were turned into a console session',
      ja: 'アクセスキーからコンソールのセッションが作られました',
    },
    advice: {
      en: 'Ask the owner of the keys. If it was not them, revoke the sessions of the role or user.',
      ja: 'キーの所有者に確認し、本人でなければロールまたはユーザーのセッションを失効させてください。',
    },
    falsePositives: {
      en: 'A sign-in portal of your own works this way.',
      ja: '自社のサインインポータルがこの方式の場合。',
    },
    severity: 2,
    technique: 'T1550.001',
    calls: 'signin:GetSigninToken',
    // The portal of Identity Center signs people in this way.
    when: (seen) => !isPortalRole(seen.principal),
    fires: { 'a token is asked for': { by: 'role:Admin/alice', response: { GetSigninToken: 'Success' } } },
    stays: {
      'through the portal': {
        more: { userIdentity: portalSession },
        response: { GetSigninToken: 'Success' },
      },
      'an ordinary sign-in': { name: 'signin:ConsoleLogin', response: { ConsoleLogin: 'Success' } },
    },
  }),
];

/** A key of root can do all, and nothing can forbid it. */
function isOfRoot(seen: Reading<typeof userName>): boolean {
  return seen.text('userIdentity.type') === 'Root' && !seen.has(userName);
}

function isForAnother(seen: Reading<never>, target: string | undefined): boolean {
  return target !== undefined && target !== seen.text('userIdentity.userName');
}
