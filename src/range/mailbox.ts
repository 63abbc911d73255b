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

export function deliverMail(tx: Tx, mail: Mail): void {
  const instant = `${prefix}${String(mail.time).padStart(15, '0')}/`;
  let number = 0;
  for (const [last] of tx.range('state', { prefix: instant, reverse: true, limit: 1 }))
    number = Number(last.slice(instant.length)) + 1;
  tx.put('state', `${instant}${String(number).padStart(8, '0')}`, mail);
}

/** Oldest first; of one instant in the order in which they were sent. */
export function* mails(reader: Reader, after?: string): Iterable<readonly [id: string, mail: Mail]> {
  const range = after === undefined ? { prefix } : { prefix, after: prefix + after };
  for (const [key, mail] of reader.range<Mail>('state', range)) yield [key.slice(prefix.length), mail];
}
