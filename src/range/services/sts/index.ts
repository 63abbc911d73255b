import type { Service } from '../../operation.ts';
import { AssumeRole } from './assume-role.ts';
import { DecodeAuthorizationMessage } from './decode-authorization-message.ts';
import { GetAccessKeyInfo, GetCallerIdentity } from './identity.ts';
import { GetFederationToken, GetSessionToken } from './tokens.ts';

export const sts: Service = {
  name: 'sts',
  operations: {
    AssumeRole,
    DecodeAuthorizationMessage,
    GetAccessKeyInfo,
    GetCallerIdentity,
    GetFederationToken,
    GetSessionToken,
  },
  home: (input) => {
    const account = typeof input['RoleArn'] === 'string' ? input['RoleArn'].split(':')[4] : undefined;
    return account === undefined ? undefined : { account };
  },
};
