import type { Words } from '../../../model/words.ts';
import { lowAtWork } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

// Cognito: the users of applications, and the AWS credentials that those get.

const advice: Words = {
  en: 'Ask the team of the application, put it back, and look at who signed in since.',
  ja: 'アプリケーションのチームに確認して元に戻し、それ以降のサインインを調べてください。',
};
const developed: Words = { en: 'The application is being developed.', ja: 'アプリケーションを開発している場合。' };
const pool = ['requestParameters.identityPoolId', 'requestParameters.identityPoolName'] as const;
const guests = 'requestParameters.allowUnauthenticatedIdentities';
const userPool = 'requestParameters.userPoolId';
const mfa = 'requestParameters.mfaConfiguration';

export const userPools: readonly Detector[] = [
  onCall({
    type: 'Custom:CognitoIdentityPool/GuestsAllowed',
    title: {
      en: 'Everybody can get credentials of the account as a guest',
      ja: '未認証のユーザーに AWS 認証情報を渡す設定になりました',
    },
    advice,
    falsePositives: developed,
    severity: lowAtWork(5),
    technique: 'T1098',
    calls: 'cognito-identity:UpdateIdentityPool cognito-identity:CreateIdentityPool',
    target: pool,
    reads: [guests],
    when: (seen) => seen.flag(guests) === true,
    fires: { 'guests are allowed': { request: { identityPoolId: 'p', allowUnauthenticatedIdentities: true } } },
    stays: { 'they are not': { request: { identityPoolId: 'p', allowUnauthenticatedIdentities: false } } },
  }),
  onCall({
    type: 'Custom:CognitoIdentityPool/RolesChanged',
    title: {
      en: 'Which roles the users of an application get was changed',
      ja: 'アプリケーションのユーザーに渡すロールが変更されました',
    },
    advice,
    falsePositives: developed,
    severity: lowAtWork(5),
    technique: 'T1098',
    calls: 'cognito-identity:SetIdentityPoolRoles',
    target: pool,
    fires: { 'other roles': { request: { identityPoolId: 'p', roles: { unauthenticated: 'arn:aws:iam::1:role/R' } } } },
    stays: { 'they are read': { name: 'cognito-identity:GetIdentityPoolRoles', request: { identityPoolId: 'p' } } },
  }),
  onCall({
    type: 'Custom:CognitoUserPool/MfaOff',
    title: {
      en: 'Users of an application need no second factor any more',
      ja: 'ユーザープールの MFA が無効化されました',
    },
    advice,
    falsePositives: developed,
    severity: lowAtWork(5),
    technique: 'T1556.006',
    calls: 'cognito-idp:SetUserPoolMfaConfig cognito-idp:UpdateUserPool',
    target: [userPool],
    reads: [mfa],
    when: (seen) => seen.text(mfa) === 'OFF',
    fires: { 'it is off': { request: { userPoolId: 'u', mfaConfiguration: 'OFF' } } },
    stays: { 'it is on': { request: { userPoolId: 'u', mfaConfiguration: 'ON' } } },
  }),
  onCall({
    type: 'Custom:CognitoUserPool/IdentityProviderChanged',
    title: {
      en: 'An identity provider of an application was added or changed',
      ja: 'ユーザープールの ID プロバイダーが追加または変更されました',
    },
    advice,
    falsePositives: developed,
    severity: lowAtWork(5),
    technique: 'T1484.002',
    calls: 'cognito-idp:CreateIdentityProvider cognito-idp:UpdateIdentityProvider',
    target: [userPool],
    fires: { 'one is added': { request: { userPoolId: 'u', providerName: 'Mine', providerType: 'OIDC' } } },
    stays: { 'they are listed': { name: 'cognito-idp:ListIdentityProviders', request: { userPoolId: 'u' } } },
  }),
];
