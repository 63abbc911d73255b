import { standingPack } from '../../src/detect/packs.ts';

/** Parts of the names of expectations, as `src/drill/judge.ts` and `src/run/drill/watch.ts` make them. */
export const caller = 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom';
export const recon = 'Recon:IAMUser/MaliciousIPCaller.Custom';
export const passwordPolicy = 'Stealth:IAMUser/PasswordPolicyChange';
export const blockOff = 'Policy:S3/BucketBlockPublicAccessDisabled';
export const opened = 'Policy:S3/BucketAnonymousAccessGranted';
export const instanceCaller = 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom';
export const bruteForce = 'UnauthorizedAccess:EC2/SSHBruteForce';
export const sequence = 'AttackSequence:IAM/CompromisedCredentials';
/** The stolen session is not refused, or was never stolen. */
export const stolen = 'stolen calls s3:GetObject';

/** Neither found nor answered, nor left unanswered: what is not there proves nothing. */
export function gone(...types: readonly string[]): readonly string[] {
  return types.flatMap((type) => [`finding ${type}`, `answers ${type}`]);
}

/** The standing pack without the detector of one type. */
export function packWithout(type: string) {
  const pack = standingPack.filter(({ about }) => about.type !== type);
  if (pack.length === standingPack.length) throw new Error(`there is no detector of ${type} to remove`);
  return pack;
}
