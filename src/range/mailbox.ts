import type { AccountIds } from './operation.ts';
import type { Reader, Tx } from './store/port.ts';

/** A mail that AWS would have sent: the range keeps it in one local mailbox, which `yagura mail` shows. */
export interface Mail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  /** Virtual epoch milliseconds. */
  readonly time: number;
  readonly account: string;
}

// Of no account: the mailbox stands for the world outside AWS.
const prefix = '~/mail/';

export function deliverMail(tx: Tx, ids: AccountIds, mail: Mail): void {
  tx.put('state', `${prefix}${String(mail.time).padStart(15, '0')}/${ids.hex(8)}`, mail);
}

/** Oldest first. */
export function* mails(reader: Reader, after?: string): Iterable<readonly [id: string, mail: Mail]> {
  const range = after === undefined ? { prefix } : { prefix, after: prefix + after };
  for (const [key, mail] of reader.range<Mail>('state', range)) yield [key.slice(prefix.length), mail];
}
