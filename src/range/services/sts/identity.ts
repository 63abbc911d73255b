import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import { accessKeys } from '../../indexes.ts';
import { operation } from '../../operation.ts';

/** Needs no permission, and an explicit deny does not stop it. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const GetCallerIdentity = operation({
  trail: { readOnly: true, response: () => null },
  handle(_input, call) {
    const { caller } = call;
    return { UserId: userId(caller), Account: call.account, Arn: 'arn' in caller ? caller.arn : '' };
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

/** `aws:userid`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export function userId(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
      return caller.account;
    case 'user':
      return caller.userId;
    case 'assumed-role':
      return `${caller.roleId}:${caller.sessionName}`;
    case 'federated-user':
      return `${caller.account}:${caller.name}`;
    case 'anonymous':
      return 'anonymous';
    case 'service':
      return caller.service;
  }
}
