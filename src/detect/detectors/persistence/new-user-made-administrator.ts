import { call } from '../../examples.ts';
import { onSequence } from '../../on-sequence.ts';
import { named } from '../../subjects.ts';

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** A user is made, given everything, and given a key: the usual back door. Who did each step does not matter. */
export const newUserMadeAdministrator = onSequence({
  type: 'Custom:IAMUser/NewUserMadeAdministrator',
  title: {
    en: 'A new user was made an administrator and given a key',
    ja: '新しいユーザーに管理者権限とアクセスキーが与えられました',
  },
  advice: {
    en: 'Ask who needs this user. If nobody does, delete its keys and the user, and revoke what made it.',
    ja: 'このユーザーが必要か確認してください。不要であればキーとユーザーを削除し、作成に使われた認証情報を失効させます。',
  },
  severity: 8,
  technique: 'T1136.003',
  logs: ['cloudtrail-management'],
  falsePositives: {
    en: 'The first administrator of a new account is set up by hand.',
    ja: '新しいアカウントの最初の管理者を手作業で用意している場合。',
  },
  on: {
    kind: 'api-call',
    calls: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
  },
  reads: ['requestParameters.userName', 'requestParameters.policyArn'],
  windowMs: 60 * 60_000,
  steps: [
    {
      when: (seen) => seen.name === 'CreateUser' && seen.error === '',
      key: (seen) => seen.text('requestParameters.userName'),
    },
    {
      when: (seen) =>
        seen.name === 'AttachUserPolicy' &&
        seen.error === '' &&
        seen.text('requestParameters.policyArn') === administrator,
      key: (seen) => seen.text('requestParameters.userName'),
    },
    {
      when: (seen) => seen.name === 'CreateAccessKey' && seen.error === '',
      key: (seen) => seen.text('requestParameters.userName'),
    },
  ],
  resource: named('IAMUser', 'requestParameters.userName'),
  says: (seen) => ({
    en: `${seen.text('requestParameters.userName')} was created, given AdministratorAccess and an access key within an hour; the last step by ${seen.principal}.`,
    ja: `${seen.text('requestParameters.userName')} が作成され、1 時間以内に AdministratorAccess とアクセスキーが与えられました。最後の操作は ${seen.principal} によるものです。`,
  }),
  examples: {
    fires: {
      'the three steps in a minute': steps('mallory', administrator, [0, 20, 40]),
      'by three callers': steps('mallory', administrator, [0, 20, 40], ['alice', 'bob', 'carol']),
    },
    stays: {
      'another policy': steps('mallory', 'arn:aws:iam::aws:policy/ReadOnlyAccess', [0, 20, 40]),
      'over two days': steps('mallory', administrator, [0, 90_000, 180_000]),
      'the key is for another user': [
        ...steps('mallory', administrator, [0, 20, 40]).slice(0, 2),
        call('iam:CreateAccessKey', { at: 40, request: { userName: 'bob' } }),
      ],
      'the key is refused': [
        ...steps('mallory', administrator, [0, 20, 40]).slice(0, 2),
        call('iam:CreateAccessKey', { at: 40, request: { userName: 'mallory' }, error: 'AccessDenied' }),
      ],
    },
  },
});

function steps(
  userName: string,
  policyArn: string,
  at: readonly [number, number, number],
  by = ['alice', 'alice', 'alice'],
) {
  return [
    call('iam:CreateUser', { at: at[0], by: by[0]!, request: { userName } }),
    call('iam:AttachUserPolicy', { at: at[1], by: by[1]!, request: { userName, policyArn } }),
    call('iam:CreateAccessKey', { at: at[2], by: by[2]!, request: { userName } }),
  ];
}
