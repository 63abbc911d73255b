import { type AccessKey, accessKeys } from './indexes.ts';
import type { AccountIds } from './operation.ts';
import type { Tx } from './store/port.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Virtual epoch milliseconds. */
  readonly expiresAt: number;
}

type SessionCaller = Extract<AccessKey['caller'], { session?: unknown }>;
type WithoutKey<T> = T extends unknown ? Omit<T, 'accessKeyId'> : never;

/** Makes temporary credentials: the one place where sessions begin, whoever hands them out. */
export function issueSession(
  tx: Tx,
  ids: AccountIds /** The key's own id is filled in here. */,
  caller: WithoutKey<SessionCaller>,
  expiresAt: number,
): Credentials {
  const accessKeyId = `ASIA${ids.base32(16)}`;
  const secret = ids.secret(40);
  const token = ids.secret(296);
  accessKeys.put(tx, accessKeyId, { secret, token, active: true, caller: { ...caller, accessKeyId } as SessionCaller });
  return { accessKeyId, secretAccessKey: secret, sessionToken: token, expiresAt };
}
