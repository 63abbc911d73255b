import type { JsonObject } from '../../../model/json.ts';
import { callerAddress } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { call, example } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { onThreshold } from '../../on-threshold.ts';
import { accessKey } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

const outcome = 'responseElements.ConsoleLogin';
const mfa = 'additionalEventData.MFAUsed';
const { distantLogins } = thresholds;

export const consoleLogins: readonly Detector[] = [
  onActivity({
    type: 'InitialAccess:IAM/ValidAccounts',
    signal: 'ConsoleLoginWithoutMFA',
    title: { en: 'Somebody signed in to the console without MFA', ja: 'MFA なしでコンソールにサインインされました' },
    advice: {
      en: 'Ask the user whether it was them, and let policies demand MFA.',
      ja: '本人によるものか確認し、ポリシーで MFA を必須にしてください。',
    },
    falsePositives: {
      en: 'Users whose MFA is not set up yet.',
      ja: 'まだ MFA を設定していないユーザーの場合。',
    },
    severity: 5,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    on: { kind: 'api-call', calls: ['signin:ConsoleLogin'] },
    reads: [outcome, mfa],
    // Federated sessions bring their MFA from elsewhere: the record says No all the same.
    when: (seen) =>
      seen.text(outcome) === 'Success' &&
      seen.text(mfa) === 'No' &&
      ['IAMUser', 'Root'].includes(seen.text('userIdentity.type') ?? ''),
    resource: accessKey,
    says: (seen) => ({
      en: `${seen.principal} signed in from ${seen.address?.text ?? ''} without MFA.`,
      ja: `${seen.principal} が ${seen.address?.text ?? ''} から MFA なしでサインインしました。`,
    }),
    examples: {
      fires: { 'a user': [login()], root: [login({ by: 'root' })] },
      stays: {
        'with MFA': [login({ mfaUsed: 'Yes' })],
        'it fails': [login({ result: 'Failure' })],
        'a federated session': [login({ by: 'role:Admin/alice' })],
      },
    },
  }),
  onThreshold({
    type: 'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B',
    title: {
      en: 'One user signed in from far-apart places at about the same time',
      ja: '同じユーザーが離れた場所からほぼ同時にサインインしました',
    },
    advice: {
      en: 'Ask the user which sign-in was theirs, reset the password, and end all sessions.',
      ja: 'どのサインインが本人によるものか確認し、パスワードを再設定してすべてのセッションを終了させてください。',
    },
    falsePositives: { en: 'A VPN that leaves in another country.', ja: '別の国に出口がある VPN を使っている場合。' },
    severity: 5,
    technique: 'T1078.004',
    logs: ['cloudtrail-management'],
    needs: ['geography'],
    on: { kind: 'api-call', calls: ['signin:ConsoleLogin'] },
    reads: [outcome],
    when: (seen, world) =>
      seen.text(outcome) === 'Success' &&
      seen.text('userIdentity.type') === 'IAMUser' &&
      world.remoteIp(callerAddress(seen) ?? '').country !== undefined,
    key: (seen) => seen.principal,
    distinct: (seen, world) => world.remoteIp(callerAddress(seen) ?? '').country,
    count: distantLogins.count,
    windowMs: distantLogins.windowMs,
    resource: accessKey,
    says: (seen) => ({
      en: `${seen.principal} signed in from two countries within ${distantLogins.windowMs / 3_600_000} hours.`,
      ja: `${seen.principal} が ${distantLogins.windowMs / 3_600_000} 時間以内に 2 つの国からサインインしました。`,
    }),
    examples: {
      fires: { 'two countries': [login(), login({ at: 600, from: example.listed })] },
      stays: {
        'one country': [login(), login({ at: 600, from: '192.0.2.77' })],
        'a day apart': [login(), login({ at: 86_400, from: example.listed })],
        'the second fails': [login(), login({ at: 600, from: example.listed, result: 'Failure' })],
      },
    },
  }),
];

interface Login {
  readonly at?: number;
  readonly by?: string;
  readonly from?: string;
  readonly result?: 'Success' | 'Failure';
  readonly mfaUsed?: 'Yes' | 'No';
}

function login({ result = 'Success', mfaUsed = 'No', ...given }: Login = {}): JsonObject {
  return call('signin:ConsoleLogin', {
    ...given,
    response: { ConsoleLogin: result },
    more: { additionalEventData: { MFAUsed: mfaUsed }, eventType: 'AwsConsoleSignIn' },
  });
}
