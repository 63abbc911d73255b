import { scryptSync } from 'node:crypto';
import { AwsError } from '../../../aws/error.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { found } from './entity.ts';
import { passwordPolicies, type User, users } from './tables.ts';
import { ownName } from './users.ts';

interface Input {
  readonly UserName?: string;
  readonly Password?: string;
  readonly PasswordResetRequired?: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const CreateLoginProfile = operation<Input>({
  handle(input, call) {
    const user = found(users, call, 'user', ownName(input, call));
    if (user.loginProfile !== undefined) {
      throw new AwsError('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`, { status: 409 });
    }
    const changed: WithProfile = {
      ...user,
      loginProfile: {
        passwordHash: hashed(input.Password ?? '', call),
        createdAt: call.time,
        resetRequired: input.PasswordResetRequired ?? false,
      },
    };
    users.put(call, user.name, changed);
    return { LoginProfile: render(changed) };
  },
});

export const GetLoginProfile = operation<Input>({
  handle: (input, call) => ({ LoginProfile: render(withProfile(input, call)) }),
});

export const UpdateLoginProfile = operation<Input>({
  handle(input, call) {
    const user = withProfile(input, call);
    const { passwordHash, resetRequired, createdAt } = user.loginProfile;
    users.put(call, user.name, {
      ...user,
      loginProfile: {
        passwordHash: input.Password === undefined ? passwordHash : hashed(input.Password, call),
        resetRequired: input.PasswordResetRequired ?? resetRequired,
        createdAt,
      },
    });
    return {};
  },
});

export const DeleteLoginProfile = operation<Input>({
  handle(input, call) {
    const { loginProfile: _, ...user } = withProfile(input, call);
    users.put(call, user.name, user);
    return {};
  },
});

/** Virtual devices are not built, so there is none to list. */
export const ListMFADevices = operation<Input>({
  handle(input, call) {
    found(users, call, 'user', ownName(input, call));
    return { MFADevices: [], IsTruncated: false };
  },
});

type WithProfile = User & { readonly loginProfile: NonNullable<User['loginProfile']> };

function withProfile(input: Input, call: Call): WithProfile {
  const user = found(users, call, 'user', ownName(input, call));
  if (user.loginProfile === undefined) {
    throw new AwsError('NoSuchEntity', `Login Profile for User ${user.name} cannot be found.`, { status: 404 });
  }
  return user as WithProfile;
}

function render({ name, loginProfile }: WithProfile) {
  return {
    UserName: name,
    CreateDate: new Date(loginProfile.createdAt),
    PasswordResetRequired: loginProfile.resetRequired,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html */
const demands: readonly (readonly [member: string, pattern: RegExp, what: string])[] = [
  ['RequireUppercaseCharacters', /[A-Z]/, 'uppercase letter'],
  ['RequireLowercaseCharacters', /[a-z]/, 'lowercase letter'],
  ['RequireNumbers', /\d/, 'number'],
  ['RequireSymbols', /[!@#$%^&*()_+\-=[\]{}|']/, 'symbol'],
];

function hashed(password: string, call: Call): string {
  const policy = passwordPolicies.get(call, 'account');
  const least = Number(policy?.['MinimumPasswordLength'] ?? defaultLengthMin);
  if (password.length < least) throw violation(`Password should have a minimum length of ${least}`);
  for (const [member, pattern, what] of demands) {
    if (policy?.[member] === true && !pattern.test(password)) {
      throw violation(`Password should have at least one ${what}`);
    }
  }
  const salt = call.ids.hex(32);
  return `${salt}$${digest(password, salt).toString('hex')}`;
}

/** Without a policy of the account: 8 characters. */
const defaultLengthMin = 8;

function violation(message: string): AwsError {
  return new AwsError('PasswordPolicyViolation', message, { status: 400 });
}

/** A call is one step that everybody waits for, so the cost is that of a few milliseconds. */
function digest(password: string, salt: string): Buffer {
  return scryptSync(password, salt, 32, { N: 2 ** 11, r: 8, p: 1 });
}
