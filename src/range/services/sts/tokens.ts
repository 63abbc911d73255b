import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import { issueSession } from '../../sessions.ts';
import { policyDocument, sessionResponse, wholeSecond, wireCredentials } from './assume-role.ts';
import { rootSecondsMax } from './limits.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const defaultSeconds = 43_200;

export const GetSessionToken = operation<{ DurationSeconds?: number; SerialNumber?: string; TokenCode?: string }>({
  trail: { readOnly: true, response: sessionResponse },
  handle(input, call) {
    const { caller } = call;
    if ((caller.kind !== 'user' && caller.kind !== 'root') || caller.session !== undefined) {
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', { status: 403 });
    }
    if (input.SerialNumber !== undefined) {
      throw new AwsError('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ', {
        status: 403,
      });
    }
    const asked = input.DurationSeconds ?? defaultSeconds;
    const seconds = caller.kind === 'root' ? Math.min(asked, rootSecondsMax) : asked;
    const session = { issuedAt: wholeSecond(call.time), expiresAt: call.time + seconds * 1000, mfa: false };
    const { accessKeyId: _, ...who } = caller;
    return { Credentials: wireCredentials(issueSession(call.tx, call.ids, { ...who, session }, session.expiresAt)) };
  },
});

interface FederationInput {
  readonly Name: string;
  readonly Policy?: string;
  readonly PolicyArns?: readonly { readonly arn?: string }[];
  readonly DurationSeconds?: number;
}

export const GetFederationToken = operation<FederationInput>({
  trail: { readOnly: true, response: sessionResponse },
  handle(input, call) {
    const { caller } = call;
    if (caller.kind !== 'user' || caller.session !== undefined) {
      throw new AwsError('AccessDenied', 'Cannot call GetFederationToken with session credentials', { status: 403 });
    }
    const expiresAt = call.time + (input.DurationSeconds ?? defaultSeconds) * 1000;
    const arn = `arn:aws:sts::${call.account}:federated-user/${input.Name}`;
    const credentials = issueSession(
      call.tx,
      call.ids,
      {
        kind: 'federated-user',
        account: call.account,
        arn,
        name: input.Name,
        issuerArn: caller.arn,
        issuerId: caller.userId,
        session: {
          issuedAt: wholeSecond(call.time),
          expiresAt,
          mfa: false,
          // Without a policy a federated user may do nothing, so the empty one is kept as such.
          policy: input.Policy === undefined ? { Version: '2012-10-17', Statement: [] } : policyDocument(input.Policy),
          ...(input.PolicyArns === undefined ? {} : { policyArns: input.PolicyArns.flatMap((each) => each.arn ?? []) }),
        },
      },
      expiresAt,
    );
    return {
      Credentials: wireCredentials(credentials),
      FederatedUser: { FederatedUserId: `${call.account}:${input.Name}`, Arn: arn },
    };
  },
});
