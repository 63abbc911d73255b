import { notByItself } from '../../callers.ts';
import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey } from '../../subjects.ts';

// Attempts count too: somebody who tries to weaken the policy is worth knowing, and GuardDuty tells of them likewise.
export const passwordPolicyChange = onActivity({
  type: 'Stealth:IAMUser/PasswordPolicyChange',
  title: {
    en: 'The password policy of the account was weakened or deleted',
    ja: 'アカウントのパスワードポリシーが弱められたか削除されました',
  },
  advice: {
    en: 'Ask who changed it. Restore the policy, and rotate the credentials that called if nobody meant to.',
    ja: '変更した人に確認してください。意図しない変更であればポリシーを元に戻し、呼び出しに使われた認証情報をローテーションします。',
  },
  severity: (seen) => (seen.error !== '' ? 2 : seen.name === 'DeleteAccountPasswordPolicy' ? 8 : 5),
  technique: 'T1556',
  logs: ['cloudtrail-management'],
  falsePositives: {
    en: 'An administrator moves sign-in to an identity provider and removes the policy that no longer matters.',
    ja: 'サインインを ID プロバイダーへ移し、不要になったポリシーを管理者が削除した場合。',
  },
  on: {
    kind: 'api-call',
    calls: ['iam:DeleteAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'],
    who: notByItself,
  },
  reads: [
    'requestParameters.minimumPasswordLength',
    'requestParameters.requireSymbols',
    'requestParameters.requireNumbers',
    'requestParameters.requireUppercaseCharacters',
    'requestParameters.requireLowercaseCharacters',
  ],
  when: (seen) =>
    seen.name === 'DeleteAccountPasswordPolicy' ||
    (seen.number('requestParameters.minimumPasswordLength') ?? 6) < 14 ||
    seen.flag('requestParameters.requireSymbols') !== true ||
    seen.flag('requestParameters.requireNumbers') !== true ||
    seen.flag('requestParameters.requireUppercaseCharacters') !== true ||
    seen.flag('requestParameters.requireLowercaseCharacters') !== true,
  resource: accessKey,
  says: (seen) => ({
    en: `${seen.principal} called ${seen.name}${seen.error === '' ? '' : `, refused with ${seen.error}`}.`,
    ja: `${seen.principal} が ${seen.name} を呼び出しました${seen.error === '' ? '' : `（${seen.error} で拒否）`}。`,
  }),
  examples: {
    fires: {
      'the policy is deleted': [call('iam:DeleteAccountPasswordPolicy')],
      'deleting it is tried and refused': [call('iam:DeleteAccountPasswordPolicy', { error: 'AccessDenied' })],
      'six letters are enough now': [
        call('iam:UpdateAccountPasswordPolicy', { request: { minimumPasswordLength: 6 } }),
      ],
    },
    stays: {
      'a policy that asks for everything is set': [
        call('iam:UpdateAccountPasswordPolicy', {
          request: {
            minimumPasswordLength: 14,
            requireSymbols: true,
            requireNumbers: true,
            requireUppercaseCharacters: true,
            requireLowercaseCharacters: true,
          },
        }),
      ],
      'a service does it by itself': [call('iam:DeleteAccountPasswordPolicy', { by: 'config.amazonaws.com' })],
      'the policy is only read': [call('iam:GetAccountPasswordPolicy')],
    },
  },
});
