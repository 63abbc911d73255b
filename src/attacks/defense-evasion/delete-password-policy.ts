import { DeleteAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import { type Attack, attempt } from '../attack.ts';

export const deletePasswordPolicy: Attack = {
  slug: 'defense-evasion/delete-password-policy',
  title: { en: "Try to delete the account's password policy", ja: 'パスワードポリシーの削除を試行' },
  technique: 'T1556',
  foothold: 'profile',
  parameters: [],
  run: async ({ iam }) => [
    await attempt('iam:DeleteAccountPasswordPolicy', () => iam.send(new DeleteAccountPasswordPolicyCommand({}))),
  ],
};
