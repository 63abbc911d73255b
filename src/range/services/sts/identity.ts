import { userIdOf } from '../../../aws/authorization/caller-facts.ts';
import { AwsError } from '../../../aws/error.ts';
import { accessKeys } from '../../indexes.ts';
import { operation } from '../../operation.ts';

/** Needs no permission, and an explicit deny does not stop it. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const GetCallerIdentity = operation({
  trail: { readOnly: true, response: () => null },
  handle(_input, call) {
    const { caller } = call;
    return {
      UserId: caller.kind === 'service' ? caller.service : userIdOf(caller),
      Account: call.account,
      Arn: 'arn' in caller ? caller.arn : '',
    };
  },
});

export const GetAccessKeyInfo = operation<{ AccessKeyId: string }>({
  trail: { readOnly: true },
  handle(input, call) {
    const key = accessKeys.get(call.tx, input.AccessKeyId);
    if (key === undefined)
      throw new AwsError(
        'ValidationError',
        `1 validation error detected: Value at 'accessKeyId' failed to satisfy constraint: no such access key`,
      );
    return { Account: key.caller.account };
  },
});
