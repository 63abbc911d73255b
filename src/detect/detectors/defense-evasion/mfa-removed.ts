import type { Activity } from '../../../model/activity.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Detector } from '../../detector.ts';
import { type CallExample, call } from '../../examples.ts';
import { onCall } from '../../on-call.ts';

const userName = 'requestParameters.userName';

const removed = onCall({
  type: 'Custom:IAMUser/MfaDeviceRemoved',
  title: { en: 'An MFA device was deactivated', ja: 'MFA デバイスが無効化されました' },
  advice: {
    en: 'Ask the user whether the device was lost or replaced. If not, disable the password and the keys.',
    ja: 'デバイスの紛失や交換があったか本人に確認してください。なければパスワードとキーを無効にします。',
  },
  falsePositives: { en: 'Somebody has a new telephone.', ja: '携帯電話を機種変更した場合。' },
  // Only a device that was deactivated before, or was never in use, can be deleted.
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html
  severity: (seen) => (seen.name === 'DeleteVirtualMFADevice' ? 2 : 5),
  technique: 'T1556.006',
  calls: 'iam:DeactivateMFADevice iam:DeleteVirtualMFADevice',
  target: [userName, 'requestParameters.serialNumber'],
  fires: {
    'it is deactivated': { request: { userName: 'bob', serialNumber: 'arn:aws:iam::1:mfa/bob' } },
    'it is deleted': { name: 'iam:DeleteVirtualMFADevice', request: { serialNumber: 'arn:aws:iam::1:mfa/bob' } },
  },
});

const { about } = removed;
const dayS = 86_400;

/** Who has enabled another device, and signed in with the old one, changes devices: that is told of quietly. */
export const mfaRemoved: Detector = {
  ...removed,
  about: {
    ...about,
    on: { ...about.on, calls: [...(about.on.calls ?? []), 'iam:EnableMFADevice'] },
    examples: {
      fires: { ...about.examples.fires, 'the user has another one': [enabled(), deactivated({ at: 60 })] },
      stays: { ...about.examples.stays, 'one is enabled': [enabled()] },
    },
  },
  windowMs: dayS * 1_000,
  concerns: (activity, world) =>
    isEnabled(activity) || removed.concerns(activity, world) !== undefined ? userOf(activity) : undefined,
  step(state, activity, world) {
    if (isEnabled(activity)) return { state: activity.time };
    const { says } = removed.step(undefined, activity, world);
    if (says === undefined) return { state };
    return { state, says: state !== undefined && byTheUser(activity) ? { ...says, severity: 2 } : says };
  },
};

function isEnabled({ name, error }: Activity): boolean {
  return name === 'EnableMFADevice' && error === '';
}

/** '' where the call names only the device. */
function userOf(activity: Activity): string {
  return activity.text(userName) ?? '';
}

function byTheUser(activity: Activity): boolean {
  const isOwn = activity.text('userIdentity.userName') === userOf(activity);
  return isOwn && activity.text('userIdentity.sessionContext.attributes.mfaAuthenticated') === 'true';
}

function enabled(given: CallExample = {}): JsonObject {
  return call('iam:EnableMFADevice', {
    request: { userName: 'alice', serialNumber: 'arn:aws:iam::1:mfa/new' },
    ...given,
  });
}

function deactivated(given: CallExample): JsonObject {
  return call('iam:DeactivateMFADevice', {
    request: { userName: 'alice', serialNumber: 'arn:aws:iam::1:mfa/old' },
    ...given,
  });
}
