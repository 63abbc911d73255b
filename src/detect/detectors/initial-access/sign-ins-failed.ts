import type { Path } from '../../../model/activity.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Seen } from '../../detector.ts';
import { call, example, times } from '../../examples.ts';
import { onThreshold, type ThresholdDetection } from '../../on-threshold.ts';
import { accessKey } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

// Many sign-ins that fail, one after the other, from one address.

const outcome = 'responseElements.ConsoleLogin';
const verified = 'serviceEventDetails.CredentialVerification';
const clientId = 'requestParameters.clientId';
const { consoleGuesses, poolGuesses } = thresholds;

const resetIt: Pick<Row<never>, 'advice' | 'falsePositives'> = {
  advice: {
    en: 'See whether one attempt succeeded; if so reset that password and end its sessions. Demand MFA.',
    ja: '成功した試行がないか確認し、あればパスワードを再設定してセッションを終了させ、MFA を必須にしてください。',
  },
  falsePositives: {
    en: 'Somebody forgot a password, or many sit behind one address.',
    ja: 'パスワードを忘れた人がいる場合や、多くの人が同じアドレスを共有している場合。',
  },
};

export const signInsFailed: readonly Detector[] = [
  failed({
    ...resetIt,
    type: 'Custom:IAMUser/ConsolePasswordGuessing',
    title: { en: 'Console passwords are being guessed', ja: 'コンソールのパスワードの総当たりが行われています' },
    on: { kind: 'api-call', calls: ['signin:ConsoleLogin'] },
    reads: [outcome],
    when: (seen) => seen.text(outcome) === 'Failure',
    ...consoleGuesses,
    into: { en: '', ja: '' },
    attempt: ({ at, from, fails }) =>
      call('signin:ConsoleLogin', { at, from, response: { ConsoleLogin: fails ? 'Failure' : 'Success' } }),
  }),
  failed({
    ...resetIt,
    type: 'Custom:IdentityCenter/PasswordGuessing',
    title: { en: 'Passwords of the portal are being guessed', ja: 'ポータルのパスワードの総当たりが行われています' },
    on: { kind: 'api-call', calls: ['signin:CredentialVerification'] },
    reads: [verified],
    when: (seen) => seen.text(verified) === 'Failure',
    count: 2 * consoleGuesses.count,
    windowMs: consoleGuesses.windowMs,
    into: { en: ' to the portal', ja: 'ポータルへの' },
    attempt: ({ at, from, fails }) => {
      const serviceEventDetails = { CredentialVerification: fails ? 'Failure' : 'Success' };
      return call('signin:CredentialVerification', {
        at,
        from,
        more: { eventType: 'AwsServiceEvent', serviceEventDetails },
      });
    },
  }),
  failed({
    type: 'Custom:CognitoUserPool/PasswordGuessing',
    title: {
      en: 'Passwords of the users of an application are being guessed',
      ja: 'アプリケーションの利用者のパスワードの総当たりが行われています',
    },
    advice: {
      en: 'See whether one attempt succeeded, switch on threat protection of the pool, and put a web ACL before it.',
      ja: '成功した試行がないか確認し、ユーザープールの脅威保護とウェブ ACL を有効にしてください。',
    },
    falsePositives: {
      en: 'A test, or many users behind one address.',
      ja: '試験や、多くの利用者が同じアドレスを共有している場合。',
    },
    on: {
      kind: 'api-call',
      calls: ['InitiateAuth', 'AdminInitiateAuth', 'RespondToAuthChallenge'].map((name) => `cognito-idp:${name}`),
      refused: true,
    },
    reads: [clientId],
    when: (seen) => /^(NotAuthorized|UserNotFound|PasswordResetRequired)/.test(seen.error),
    door: (seen) => seen.text(clientId) ?? '',
    ...poolGuesses,
    into: { en: '', ja: '' },
    attempt: ({ at, from, fails }) =>
      call('cognito-idp:InitiateAuth', {
        at,
        from,
        // What is throttled tries no password.
        error: fails ? 'NotAuthorizedException' : 'TooManyRequestsException',
        request: { clientId: 'c' },
      }),
  }),
];

interface Attempt {
  readonly at: number;
  readonly from: string;
  readonly fails: boolean;
}

type Shared = 'type' | 'title' | 'advice' | 'falsePositives' | 'on' | 'reads' | 'when' | 'count' | 'windowMs';

interface Row<P extends Path> extends Pick<ThresholdDetection<P>, Shared> {
  /** Doors of which each is counted by itself, where there are several. */
  readonly door?: (seen: Seen<P>) => string;
  /** Where people sign in, as it stands in a sentence. */
  readonly into: Words;
  readonly attempt: (attempt: Attempt) => JsonObject;
}

function failed<const P extends Path>({ door, into, attempt, ...row }: Row<P>): Detector {
  const { count } = row;
  const many = (number: number, more: Partial<Attempt> = {}, apartS?: number) =>
    times(number, (_, at) => attempt({ at, from: example.listed, fails: true, ...more }), apartS);
  return onThreshold({
    ...row,
    severity: 5,
    technique: 'T1110',
    logs: ['cloudtrail-management'],
    key: (seen) => [...(door === undefined ? [] : [door(seen)]), seen.address?.text ?? ''].join(' '),
    resource: accessKey,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen, tally) => ({
      en: `${tally.count} sign-ins${into.en} from ${seen.address?.text ?? ''} failed within minutes.`,
      ja: `${seen.address?.text ?? ''} からの${into.ja}サインインが短時間に ${tally.count} 回失敗しました。`,
    }),
    examples: {
      fires: { 'one after the other': many(count) },
      stays: {
        'one fewer': many(count - 1),
        'they do not fail': many(count, { fails: false }),
        'over hours': many(count, {}, (2 * row.windowMs) / 1_000),
        'from as many addresses': times(count, (index, at) => attempt({ at, from: `192.0.2.${index}`, fails: true })),
      },
    },
  });
}
