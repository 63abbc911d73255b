import type { Words } from '../../../model/words.ts';
import { byColleague, byPipeline, lowAtWork, unreviewed } from '../../callers.ts';
import type { Detector, Reading } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

// Ways to come back besides keys and passwords.

const userName = 'requestParameters.userName';
const advice: Words = {
  en: 'Ask the owner of the user. What somebody else added is a back door: delete it.',
  ja: 'ユーザーの所有者に確認してください。他人が追加したものはバックドアの可能性があるため削除します。',
};
const administered: Words = { en: 'An administrator helps a colleague.', ja: '管理者が同僚を手伝っている場合。' };
const status = 'requestParameters.status';
const serviceName = 'requestParameters.serviceName';

export const credentialsAdded: readonly Detector[] = [
  onCall({
    type: 'Custom:IAMUser/AccessKeyReactivated',
    title: {
      en: 'An access key that was switched off works again',
      ja: '無効だったアクセスキーが再び有効化されました',
    },
    advice,
    falsePositives: {
      en: 'A program still needed the key.',
      ja: '停止したキーをプログラムがまだ使っていた場合。',
    },
    severity: (seen) => (isForAnother(seen) ? 5 : 2),
    technique: 'T1098.001',
    calls: 'iam:UpdateAccessKey',
    target: [userName],
    reads: [status],
    when: (seen) => seen.text(status) === 'Active',
    fires: { 'of another user': { request: { userName: 'bob', accessKeyId: 'AKIA1', status: 'Active' } } },
    stays: { 'one is switched off': { request: { userName: 'bob', accessKeyId: 'AKIA1', status: 'Inactive' } } },
  }),
  onCall({
    type: 'Custom:IAMUser/OtherCredentialAdded',
    title: {
      en: 'A certificate, an SSH key or a service password was added to a user',
      ja: 'ユーザーに証明書、SSH キー、またはサービス固有の認証情報が追加されました',
    },
    advice,
    falsePositives: { en: 'Somebody sets up a repository.', ja: 'リポジトリの利用を準備している場合。' },
    severity: (seen) => (isForAnother(seen) && !byPipeline(seen) ? 5 : 2),
    technique: 'T1098.001',
    calls: `iam:UploadSSHPublicKey iam:UploadSigningCertificate iam:CreateServiceSpecificCredential
      iam:ResetServiceSpecificCredential`,
    target: [userName],
    reads: [serviceName],
    // A key for models has a type of its own.
    when: (seen) => seen.text(serviceName) !== 'bedrock.amazonaws.com',
    fires: {
      'an SSH key': { request: { userName: 'bob', sSHPublicKeyBody: 'ssh-ed25519 x' } },
      'a password for repositories': {
        name: 'iam:CreateServiceSpecificCredential',
        request: { userName: 'bob', serviceName: 'codecommit.amazonaws.com' },
      },
    },
    stays: {
      'for Bedrock': {
        name: 'iam:CreateServiceSpecificCredential',
        request: { userName: 'bob', serviceName: 'bedrock.amazonaws.com' },
      },
    },
  }),
  onCall({
    type: 'Custom:IAMUser/MfaDeviceOfAnother',
    title: {
      en: 'Somebody set up an MFA device for another user',
      ja: '他のユーザーに MFA デバイスが登録されました',
    },
    advice,
    falsePositives: administered,
    severity: (seen) => (byColleague(seen) || byPipeline(seen) ? 2 : 5),
    technique: 'T1556.006',
    calls: 'iam:EnableMFADevice',
    target: [userName],
    when: isForAnother,
    fires: { 'for another': { request: { userName: 'bob', serialNumber: 'arn:aws:iam::1:mfa/x' } } },
    stays: { 'for oneself': { request: { userName: 'alice', serialNumber: 'arn:aws:iam::1:mfa/alice' } } },
  }),
  onCall({
    type: 'Custom:IAM/IdentityProviderDeleted',
    title: {
      en: 'An identity provider of the account was deleted',
      ja: 'アカウントの ID プロバイダーが削除されました',
    },
    advice: {
      en: 'Ask who deleted it: without the provider people and programs cannot sign in.',
      ja: '削除した人を確認してください。プロバイダーがないと人もプログラムもサインインできません。',
    },
    falsePositives: { en: 'An old provider is tidied away.', ja: '古いプロバイダーを整理している場合。' },
    severity: 5,
    technique: 'T1531',
    calls: 'iam:DeleteSAMLProvider iam:DeleteOpenIDConnectProvider',
    target: ['requestParameters.sAMLProviderArn', 'requestParameters.openIDConnectProviderArn'],
    when: unreviewed,
    fires: { 'it is deleted': { request: { sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/Office' } } },
    stays: {
      'a pipeline does it': { by: 'pipeline:Deploy', request: { sAMLProviderArn: 'arn' } },
      'they are listed': { name: 'iam:ListSAMLProviders' },
    },
  }),
  onCall({
    type: 'Custom:RolesAnywhere/Changed',
    title: {
      en: 'Whom certificates from outside are for was changed',
      ja: '外部の証明書（Roles Anywhere）で引き受けられるロールの設定が変更されました',
    },
    advice: {
      en: 'See which roles the profile gives, and to whose certificates.',
      ja: 'プロファイルで引き受けられるロールと、対象の証明書を確認してください。',
    },
    falsePositives: {
      en: 'Servers outside AWS are connected on purpose.',
      ja: 'AWS 外のサーバーを意図的に接続している場合。',
    },
    severity: lowAtWork(5),
    technique: 'T1098.001',
    calls: `rolesanywhere:CreateProfile rolesanywhere:UpdateProfile rolesanywhere:EnableProfile
      rolesanywhere:UpdateTrustAnchor rolesanywhere:EnableTrustAnchor rolesanywhere:DisableCrl
      rolesanywhere:DeleteCrl`,
    target: ['requestParameters.name', 'requestParameters.profileId', 'requestParameters.trustAnchorId'],
    fires: { 'a profile is made': { request: { name: 'p', roleArns: ['arn:aws:iam::111122223333:role/R'] } } },
    stays: { 'they are listed': { name: 'rolesanywhere:ListProfiles' } },
  }),
  onCall({
    type: 'Custom:SSM/MachineActivationCreated',
    title: {
      en: 'Machines from outside may join Systems Manager',
      ja: 'AWS 外のマシンを Systems Manager に登録できるようになりました',
    },
    advice: {
      en: 'Ask whose machines they are. The code gives each of them the role that it names.',
      ja: '誰のマシンか確認してください。アクティベーションコードを持つマシンは、指定されたロールを得ます。',
    },
    falsePositives: { en: 'Servers of a data centre are connected.', ja: 'データセンターのサーバーを接続する場合。' },
    severity: lowAtWork(5),
    technique: 'T1098.001',
    calls: 'ssm:CreateActivation',
    target: ['requestParameters.iamRole'],
    fires: { 'it is created': { request: { iamRole: 'Machines', registrationLimit: 1 } } },
    stays: { 'it is deleted': { name: 'ssm:DeleteActivation', request: { activationId: 'a' } } },
  }),
  onCall({
    type: 'Custom:Directory/Entered',
    title: {
      en: 'A directory trusts another one, is shared, or a password in it was reset',
      ja: 'ディレクトリの信頼関係や共有が追加されたか、パスワードが再設定されました',
    },
    advice: {
      en: 'Ask who runs the directory. If nobody knows, take it back and look at who signed in since.',
      ja: 'ディレクトリの管理者に確認し、不明であれば取り消して、それ以降のサインインを調べてください。',
    },
    falsePositives: administered,
    severity: lowAtWork(5),
    technique: 'T1484.002',
    calls: 'ds:CreateTrust ds:ShareDirectory ds:ResetUserPassword ds:EnableDirectoryDataAccess',
    target: ['requestParameters.directoryId'],
    fires: { 'a trust is made': { request: { directoryId: 'd-1', remoteDomainName: 'other.example' } } },
    stays: { 'trusts are listed': { name: 'ds:DescribeTrusts', request: { directoryId: 'd-1' } } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:EC2KeyPair/Imported',
      title: { en: 'A key pair from outside was imported', ja: '外部で作成されたキーペアがインポートされました' },
      advice: {
        en: 'Ask whose key it is, and which instances were launched with it.',
        ja: '誰のキーか、どのインスタンスの起動に使われたか確認してください。',
      },
      falsePositives: { en: 'Somebody brings their own SSH key.', ja: '自分の SSH キーを持ち込んでいる場合。' },
      severity: 2,
      technique: 'T1098.004',
      calls: 'ec2:ImportKeyPair lightsail:ImportKeyPair',
      target: ['requestParameters.keyName', 'requestParameters.keyPairName'],
      when: unreviewed,
      fires: { 'it is imported': { request: { keyName: 'mine', publicKeyMaterial: 'c3No' } } },
      stays: {
        'one is deleted': { name: 'ec2:DeleteKeyPair', request: { keyName: 'mine' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { keyName: 'mine' } },
      },
    }),
    { name: 'ec2:ImportKeyPair', request: { keyName: 'mine' } },
  ),
];

function isForAnother(seen: Reading<typeof userName>): boolean {
  const target = seen.text(userName);
  return target !== undefined && target !== seen.text('userIdentity.userName');
}
