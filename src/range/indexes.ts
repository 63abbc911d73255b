import type { Caller } from './caller.ts';
import type { Reader, Tx } from './store/port.ts';

/** What must be found without knowing whose it is. One writer each: the service that owns the row. */
export interface Index<T> {
  get(reader: Reader, id: string): T | undefined;
  put(tx: Tx, id: string, row: T): void;
  remove(tx: Tx, id: string): void;
  list(reader: Reader, prefix?: string): Iterable<readonly [id: string, row: T]>;
}

function index<T>(name: string): Index<T> {
  // `~` sorts after every account id and is no account: no scope can name these rows.
  const prefix = `~/${name}/`;
  return {
    get: (reader, id) => reader.get<T>('state', prefix + id),
    put: (tx, id, row) => tx.put('state', prefix + id, row),
    remove: (tx, id) => tx.remove('state', prefix + id),
    *list(reader, idPrefix = '') {
      for (const [key, row] of reader.range<T>('state', { prefix: prefix + idPrefix }))
        yield [key.slice(prefix.length), row];
    },
  };
}

/** A signing key. The secret must be kept as it is, since signatures are made with it. */
export interface AccessKey {
  readonly secret: string;
  /** Of temporary credentials; the request must carry it. */
  readonly token?: string;
  readonly active: boolean;
  readonly caller: Exclude<Caller, { kind: 'anonymous' } | { kind: 'service' }>;
}

export const accessKeys = index<AccessKey>('access-key');

/** Answers of calls that happen once, kept by the commit that made them until who named them forgets them. */
export const answered = index<Record<string, unknown>>('answered');

export function forgetAnswers(tx: Tx, prefix: string): void {
  for (const [name] of [...answered.list(tx, prefix)]) answered.remove(tx, name);
}

export interface Account {
  readonly id: string;
  readonly name: string;
  /** Dated AWS behaviours: handlers read the table of vintages, never a year. */
  readonly vintage: '2019' | 'now';
  readonly createdAt: number;
}

export const accounts = index<Account>('account');

export const bucketOwners = index<{ readonly account: string; readonly region: string }>('bucket');

/** Public addresses in use, for the network and for `who calls`. */
export const publicAddresses = index<{
  readonly account: string;
  readonly region: string;
  readonly interfaceId: string;
}>('public-address');

/** Where an EC2 resource lives: the network meets ids without knowing whose they are. */
export const ec2Places = index<{ readonly account: string; readonly region: string }>('ec2-id');
