import type { JsonObject } from '../../../model/json.ts';
import { callerAddress, isForeign } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { call, example, times } from '../../examples.ts';
import { onFirstSeen } from '../../on-first-seen.ts';
import { accessKey } from '../../subjects.ts';

// Who never came before.

const outcome = 'responseElements.ConsoleLogin';
const roleArn = 'requestParameters.roleArn';
const dayS = 86_400;
const learnMs = 7 * dayS * 1_000;

export const strangers: readonly Detector[] = [
  onFirstSeen({
    type: 'Custom:IAMUser/ConsoleLoginFromNewCountry',
    title: {
      en: 'A user signed in from a country where they never were',
      ja: 'ユーザーがこれまでと異なる国からサインインしました',
    },
    advice: {
      en: 'Ask the user. If it was not them, reset the password, end all sessions, and demand MFA.',
      ja: '本人に確認し、違う場合はパスワードを再設定してすべてのセッションを終了させ、MFA を必須にしてください。',
    },
    falsePositives: { en: 'Somebody travels, or uses a VPN.', ja: '出張中や VPN を利用している場合。' },
    severity: 5,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    needs: ['geography'],
    on: { kind: 'api-call', calls: ['signin:ConsoleLogin'] },
    reads: [outcome],
    when: (seen) =>
      seen.text(outcome) === 'Success' && ['IAMUser', 'Root'].includes(seen.text('userIdentity.type') ?? ''),
    key: (seen) => seen.principal,
    value: (seen, world) => world.remoteIp(callerAddress(seen) ?? '').country,
    learnMs,
    windowMs: 90 * dayS * 1_000,
    resource: accessKey,
    counterpart: (seen) => callerAddress(seen) ?? '',
    says: (seen, country) => ({
      en: `${seen.principal} signed in from ${country} (${seen.address?.text ?? ''}), for the first time.`,
      ja: `${seen.principal} が初めて ${country}（${seen.address?.text ?? ''}）からサインインしました。`,
    }),
    examples: {
      fires: { 'after days at home': [...signedIn(9), login({ at: 9 * dayS, from: example.listed })] },
      stays: {
        'at home': signedIn(10),
        'while they are hardly known': [...signedIn(3), login({ at: 3 * dayS, from: example.listed })],
        'it fails': [...signedIn(9), login({ at: 9 * dayS, from: example.listed, result: 'Failure' })],
      },
    },
  }),
  onFirstSeen({
    type: 'Custom:IAMRole/AssumedFromNewAccount',
    title: {
      en: 'A role was taken by an account that never did so before',
      ja: 'これまで利用のなかった外部アカウントがロールを引き受けました',
    },
    advice: {
      en: 'Ask whose account it is. If nobody knows, take it out of the trust policy and revoke the sessions of the role.',
      ja: '誰のアカウントか確認し、不明であれば信頼ポリシーから外してロールのセッションを失効させてください。',
    },
    falsePositives: {
      en: 'A vendor or a new account of yours begins.',
      ja: '新しいベンダーや自社の新しいアカウントの場合。',
    },
    severity: 5,
    technique: 'T1199',
    logs: ['cloudtrail-management'],
    on: {
      kind: 'api-call',
      calls: ['sts:AssumeRole'],
      refused: false,
      who: (who) => who.text('userIdentity.type') === 'AWSAccount',
    },
    reads: [roleArn],
    when: () => true,
    // Of each account that is entered: which others come.
    key: (seen) => seen.text('recipientAccountId') ?? seen.account,
    value: (seen, world) => {
      const account = seen.text('userIdentity.accountId') ?? '';
      return isForeign(account, seen, world) ? account : undefined;
    },
    learnMs,
    windowMs: 90 * dayS * 1_000,
    resource: accessKey,
    counterpart: (seen) => seen.text('userIdentity.accountId') ?? '',
    says: (seen, account) => ({
      en: `Account ${account} took ${seen.text(roleArn) ?? 'a role'} for the first time.`,
      ja: `アカウント ${account} が初めて ${seen.text(roleArn) ?? 'ロール'} を引き受けました。`,
    }),
    examples: {
      fires: { 'after others did for days': [...taken(9), takenBy('555566667777', 9 * dayS)] },
      stays: {
        'who always did': taken(10),
        'another one of these accounts': [...taken(9), takenBy(example.sisterAccount, 9 * dayS)],
        'it is refused': [...taken(9), { ...takenBy('555566667777', 9 * dayS), errorCode: 'AccessDenied' }],
        'the account is hardly known': [...taken(3), takenBy('555566667777', 3 * dayS)],
      },
    },
  }),
];

interface Login {
  readonly at?: number;
  readonly from?: string;
  readonly result?: 'Success' | 'Failure';
}

function login({ result = 'Success', ...given }: Login): JsonObject {
  return call('signin:ConsoleLogin', { ...given, response: { ConsoleLogin: result } });
}

function signedIn(days: number) {
  return times(days, (_, at) => login({ at }), dayS);
}

function takenBy(accountId: string, at: number): JsonObject {
  const request = { roleArn: `arn:aws:iam::${example.account}:role/R`, roleSessionName: 's' };
  const userIdentity = { type: 'AWSAccount', principalId: 'AIDAXXXXXXXXXXXXXXXXX', accountId };
  return call('sts:AssumeRole', { at, request, more: { userIdentity } });
}

function taken(days: number) {
  return times(days, (_, at) => takenBy(example.otherAccount, at), dayS);
}
