import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import {
  accountAliases,
  groups,
  managedPolicies,
  type PasswordPolicy,
  passwordPolicies,
  roles,
  users,
} from './tables.ts';

const only = 'account';
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html */
const passwordDefaults = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
};

export const UpdateAccountPasswordPolicy = operation<PasswordPolicy>({
  handle(input, call) {
    passwordPolicies.put(call, only, { ...passwordDefaults, ...input });
    return {};
  },
});

export const GetAccountPasswordPolicy = operation({
  handle(_input, call) {
    const policy = passwordPolicies.get(call, only);
    if (policy === undefined) throw noPasswordPolicy(call.account);
    return {
      PasswordPolicy: {
        ...policy,
        ExpirePasswords: typeof policy['MaxPasswordAge'] === 'number' && policy['MaxPasswordAge'] > 0,
      },
    };
  },
});

export const DeleteAccountPasswordPolicy = operation({
  handle(_input, call) {
    if (passwordPolicies.get(call, only) === undefined) throw noPasswordPolicy(call.account);
    passwordPolicies.remove(call, only);
    return {};
  },
});

function noPasswordPolicy(account: string): AwsError {
  return new AwsError('NoSuchEntity', `The Password Policy with domain name ${account} cannot be found.`, {
    status: 404,
  });
}

export const CreateAccountAlias = operation<{ AccountAlias: string }>({
  handle(input, call) {
    accountAliases.put(call, only, { alias: input.AccountAlias });
    return {};
  },
});

export const ListAccountAliases = operation({
  handle(_input, call) {
    const alias = accountAliases.get(call, only)?.alias;
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
  },
});

export const DeleteAccountAlias = operation<{ AccountAlias: string }>({
  handle(input, call) {
    if (accountAliases.get(call, only)?.alias !== input.AccountAlias) {
      throw new AwsError('NoSuchEntity', `The account alias ${input.AccountAlias} cannot be found.`, { status: 404 });
    }
    accountAliases.remove(call, only);
    return {};
  },
});

export const GetAccountSummary = operation({
  handle(_input, call) {
    const count = (rows: Iterable<unknown>) => [...rows].length;
    return {
      SummaryMap: {
        Users: count(users.list(call)),
        Groups: count(groups.list(call)),
        Roles: count(roles.list(call)),
        Policies: count(managedPolicies.list(call)),
        AccountMFAEnabled: 0,
        AccountAccessKeysPresent: 0,
      },
    };
  },
});
