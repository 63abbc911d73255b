import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { accessKey } from '../../subjects.ts';

const policyArn = 'requestParameters.policyArn';
const userName = 'requestParameters.userName';

/**
 * AWS looks for keys that were published, and puts a policy on their users that denies the worst.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export const keyQuarantined = onActivity({
  type: 'Custom:IAMUser/KeyQuarantined',
  title: {
    en: 'AWS found keys of a user in public and restricted the user',
    ja: 'ユーザーのキーが公開されているのを AWS が発見し、権限を制限しました',
  },
  advice: {
    en: 'Delete the key and make another one, look at everything that the old one did, and only then take the policy off.',
    ja: 'キーを削除して作り直し、古いキーによる操作をすべて調べてから、このポリシーを外してください。',
  },
  falsePositives: { en: 'Somebody tries the policy out.', ja: 'このポリシーを試している場合。' },
  severity: 8,
  technique: 'T1552.001',
  logs: ['cloudtrail-management'],
  on: { kind: 'api-call', calls: ['iam:AttachUserPolicy'] },
  reads: [policyArn, userName],
  when: (seen) => seen.error === '' && /:aws:policy\/AWSCompromisedKeyQuarantine/.test(seen.text(policyArn) ?? ''),
  resource: (seen) => ({ ...accessKey(seen), type: 'IAMUser', arn: seen.text(userName) ?? '' }),
  says: (seen) => ({
    en: `${seen.text(userName) ?? 'A user'} was put under quarantine: a key of it is public.`,
    ja: `${seen.text(userName) ?? 'ユーザー'} のキーが公開されているため、隔離用のポリシーが付与されました。`,
  }),
  examples: {
    fires: { 'the policy of AWS is attached': [attached('AWSCompromisedKeyQuarantineV3')] },
    stays: {
      'another policy': [attached('ReadOnlyAccess')],
      'it is refused': [{ ...attached('AWSCompromisedKeyQuarantineV3'), errorCode: 'AccessDenied' }],
    },
  },
});

function attached(name: string) {
  return call('iam:AttachUserPolicy', { request: { userName: 'bob', policyArn: `arn:aws:iam::aws:policy/${name}` } });
}
