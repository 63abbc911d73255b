import { AwsError } from '../../../aws/error.ts';
import type { Invoke } from '../../operation.ts';
import type { Credentials } from '../../sessions.ts';
import type { LambdaFunction } from './tables.ts';

/** Lambda assumes the execution role itself: the trust policy decides, and CloudTrail shows it. */
export async function assumeRole(
  fn: Pick<LambdaFunction, 'arn' | 'name' | 'role'>,
  place: { readonly account: string; readonly region: string },
  invoke: Invoke,
): Promise<Credentials> {
  const { Credentials: keys } = await invoke({
    as: {
      kind: 'service',
      service: 'lambda.amazonaws.com',
      sourceArn: fn.arn,
      sourceAccount: place.account,
    },
    ...place,
    service: 'sts',
    operation: 'AssumeRole',
    // A session's name has two characters at least, a function's one.
    input: { RoleArn: fn.role, RoleSessionName: fn.name.padEnd(2, '_') },
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = keys as {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: Date;
  };
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
  };
}

/** Observed, not documented. */
export const notAssumable = 'The role defined for the function cannot be assumed by Lambda.';

/** Whether an error says that the role does not let Lambda in. */
export function refusesLambda(error: unknown): boolean {
  return error instanceof AwsError && /^(AccessDenied|NoSuchEntity)/.test(error.code);
}
