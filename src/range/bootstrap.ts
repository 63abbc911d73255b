import type { Ids } from './ids.ts';
import { type Account, accessKeys, accounts } from './indexes.ts';
import { users } from './services/iam/tables.ts';
import type { Tx } from './store/port.ts';

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly vintage: Account['vintage'];
  readonly time: number;
}

export interface AdministratorKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const administratorName = 'admin';

/** A new account with one IAM administrator, as the workshop asks for: nobody works as root. */
export function createAccount(tx: Tx, ids: Ids, account: NewAccount): AdministratorKey {
  const { id, name, vintage, time } = account;
  if (accounts.get(tx, id) !== undefined) throw new Error(`account ${id} is there already`);
  accounts.put(tx, id, { id, name, vintage, createdAt: time });
  const userId = `AIDA${ids.base32(id, 17)}`;
  const arn = `arn:aws:iam::${id}:user/${administratorName}`;
  const key = { accessKeyId: `AKIA${ids.base32(id, 16)}`, secretAccessKey: ids.secret(id, 40) };
  users.put({ tx, account: id, region: '-' }, administratorName, {
    name: administratorName,
    id: userId,
    arn,
    path: '/',
    createdAt: time,
    inline: {},
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    groups: [],
    tags: {},
    accessKeys: [{ id: key.accessKeyId, active: true, createdAt: time }],
  });
  accessKeys.put(tx, key.accessKeyId, {
    secret: key.secretAccessKey,
    active: true,
    caller: { kind: 'user', account: id, arn, userId, userName: administratorName, accessKeyId: key.accessKeyId },
  });
  return key;
}

/** The first administrator's key of an account: what `yagura credentials` prints. */
export function administratorKey(tx: Pick<Tx, 'get' | 'range'>, account: string): AdministratorKey | undefined {
  const user = users.get({ tx, account, region: '-' }, administratorName);
  const id = user?.accessKeys[0]?.id;
  const key = id === undefined ? undefined : accessKeys.get(tx, id);
  return id === undefined || key === undefined ? undefined : { accessKeyId: id, secretAccessKey: key.secret };
}

/** An account id that the seed decides, never 000000000000. */
export function accountIdOf(seed: string, ids: Pick<Ids, 'hex'>): string {
  const digits = BigInt(`0x${ids.hex(`account/${seed}`, 24)}`) % 900_000_000_000n;
  return String(digits + 100_000_000_000n);
}
