import type { Words } from '../../../model/words.ts';
import { lowAtWork } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

// Whoever holds the address, the password or the telephone number of an account holds the account.

const advice: Words = {
  en: 'Ask the owner of the account. If it was not them, change password and address back at once and ask AWS Support for help.',
  ja: 'アカウントの所有者に確認し、心当たりがなければただちにパスワードとメールアドレスを戻して AWS サポートに連絡してください。',
};
const owner: Words = { en: 'The owner of the account does it.', ja: 'アカウントの所有者自身が行っている場合。' };
const contact = 'requestParameters.alternateContactType';

export const accountTakenOver: readonly Detector[] = [
  onCall({
    type: 'Custom:Root/PasswordRecovery',
    title: {
      en: 'A new password for root was asked for or set',
      ja: 'ルートのパスワードの再設定が要求されたか、変更されました',
    },
    advice,
    falsePositives: owner,
    severity: 5,
    technique: 'T1098',
    // AWS writes these for root alone.
    calls: 'signin:PasswordRecoveryRequested signin:PasswordRecoveryCompleted signin:PasswordUpdated',
    fires: {
      'it is asked for': { by: 'root', more: { eventType: 'AwsConsoleSignIn' } },
      'it is set': { name: 'signin:PasswordRecoveryCompleted', by: 'root', more: { eventType: 'AwsConsoleSignIn' } },
    },
    stays: { 'an ordinary sign-in': { name: 'signin:ConsoleLogin', by: 'root' } },
  }),
  onCall({
    type: 'Custom:Root/EmailChanged',
    title: { en: 'The address of root is changed', ja: 'ルートのメールアドレスの変更が行われました' },
    advice,
    falsePositives: owner,
    severity: 8,
    technique: 'T1098',
    calls: 'signin:EmailUpdated account:StartPrimaryEmailUpdate account:AcceptPrimaryEmailUpdate',
    target: ['requestParameters.accountId'],
    fires: {
      'of the account itself': { by: 'root', more: { eventType: 'AwsConsoleSignIn' } },
      'of a member, from the management account': {
        name: 'account:StartPrimaryEmailUpdate',
        request: { accountId: '222233334444', primaryEmail: 'HIDDEN' },
      },
    },
    stays: { 'it is read': { name: 'account:GetPrimaryEmail', request: { accountId: '222233334444' } } },
  }),
  onCall({
    type: 'Custom:Account/AlternateContactChanged',
    title: {
      en: 'Whom AWS tells about security was changed',
      ja: 'AWS からの連絡先（代替の連絡先）が変更または削除されました',
    },
    advice: {
      en: 'Put the contact back: warnings about abuse would reach somebody else.',
      ja: '連絡先を元に戻してください。不正利用の警告が別の人に届いてしまいます。',
    },
    falsePositives: owner,
    severity: (seen) => (seen.text(contact) === 'SECURITY' ? 5 : 2),
    technique: 'T1098',
    calls: 'account:PutAlternateContact account:DeleteAlternateContact',
    target: [contact],
    fires: {
      'that for security is deleted': {
        name: 'account:DeleteAlternateContact',
        request: { alternateContactType: 'SECURITY' },
      },
      'that for bills is changed': { request: { alternateContactType: 'BILLING' } },
    },
    stays: { 'it is read': { name: 'account:GetAlternateContact', request: { alternateContactType: 'SECURITY' } } },
  }),
  onCall({
    type: 'Custom:Account/RegionEnabled',
    title: { en: 'A region was opened', ja: '新しいリージョンが有効化されました' },
    advice: {
      en: 'Ask who needs it. If nobody does, disable it and look there for what was launched.',
      ja: '必要とする人を確認し、いなければ無効に戻して、そこで起動されたものを調べてください。',
    },
    falsePositives: { en: 'The company expands.', ja: '新しい地域に展開する場合。' },
    severity: lowAtWork(5),
    technique: 'T1535',
    calls: 'account:EnableRegion',
    target: ['requestParameters.regionName'],
    fires: { 'it is opened': { request: { regionName: 'af-south-1' } } },
    stays: { 'it is closed': { name: 'account:DisableRegion', request: { regionName: 'af-south-1' } } },
  }),
];
