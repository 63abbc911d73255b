import { AwsError } from '../../../aws/error.ts';
import { formsOf } from '../../chain/parameters.ts';
import { accessKeys } from '../../indexes.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { found, type PageInput } from './entity.ts';
import { keysPerUserMax } from './limits.ts';
import { type User, users } from './tables.ts';
import { ownName } from './users.ts';

export const CreateAccessKey = operation<{ UserName?: string }>({
  trail: {
    response: (output) => {
      const { AccessKey: key } = output as unknown as {
        AccessKey: { AccessKeyId: string; UserName: string; Status: string; CreateDate: Date };
      };
      return {
        accessKey: {
          userName: key.UserName,
          accessKeyId: key.AccessKeyId,
          status: key.Status,
          createDate: formsOf('iam').date(key.CreateDate),
        },
      };
    },
  },
  handle(input, call) {
    const user = found(users, call, 'user', ownName(input, call));
    if (user.accessKeys.length >= keysPerUserMax) {
      throw new AwsError('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${keysPerUserMax}`, {
        status: 409,
      });
    }
    const id = `AKIA${call.ids.base32(16)}`;
    const secret = call.ids.secret(40);
    users.put(call, user.name, {
      ...user,
      accessKeys: [...user.accessKeys, { id, active: true, createdAt: call.time }],
    });
    accessKeys.put(call.tx, id, {
      secret,
      active: true,
      caller: {
        kind: 'user',
        account: call.account,
        arn: user.arn,
        userId: user.id,
        userName: user.name,
        accessKeyId: id,
      },
    });
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: id,
        Status: 'Active',
        SecretAccessKey: secret,
        CreateDate: new Date(call.time),
      },
    };
  },
});

export const ListAccessKeys = operation<{ UserName?: string } & PageInput>({
  handle(input, call) {
    const user = found(users, call, 'user', ownName(input, call));
    return {
      AccessKeyMetadata: user.accessKeys.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.active ? 'Active' : 'Inactive',
        CreateDate: new Date(key.createdAt),
      })),
      IsTruncated: false,
    };
  },
});

export const UpdateAccessKey = operation<{ UserName?: string; AccessKeyId: string; Status: string }>({
  handle(input, call) {
    const user = owner(input, call);
    const active = input.Status === 'Active';
    const keys = user.accessKeys.map((key) => (key.id === input.AccessKeyId ? { ...key, active } : key));
    users.put(call, user.name, { ...user, accessKeys: keys });
    const key = accessKeys.get(call.tx, input.AccessKeyId);
    if (key !== undefined) accessKeys.put(call.tx, input.AccessKeyId, { ...key, active });
    return {};
  },
});

export const DeleteAccessKey = operation<{ UserName?: string; AccessKeyId: string }>({
  handle(input, call) {
    const user = owner(input, call);
    users.put(call, user.name, { ...user, accessKeys: user.accessKeys.filter(({ id }) => id !== input.AccessKeyId) });
    accessKeys.remove(call.tx, input.AccessKeyId);
    return {};
  },
});

function owner(input: { UserName?: string; AccessKeyId: string }, call: Call): User {
  const user = found(users, call, 'user', ownName(input, call));
  if (!user.accessKeys.some(({ id }) => id === input.AccessKeyId)) {
    throw new AwsError('NoSuchEntity', `The Access Key with id ${input.AccessKeyId} cannot be found.`, { status: 404 });
  }
  return user;
}
