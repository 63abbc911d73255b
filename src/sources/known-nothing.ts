import type { Batch, Reader } from './batch.ts';
import { ListedBatch } from './listed-batch.ts';

/** What services write into a bucket to see that they may: counted, and no log. */
export function isWriteTest(head: string): boolean {
  return /^(?:Permission Check Successful\s*$|Enable (?:Access|Connection)Log for ELB: )/.test(head);
}

/** A file that is known, and holds no record. */
export class WriteTest implements Reader {
  #isCounted = false;

  read(): Batch {
    const batch = new ListedBatch();
    if (!this.#isCounted) batch.take({ passed: 'write test' });
    this.#isCounted = true;
    return batch;
  }
}

/** What a log is that no detector asks for, and what says the same; undefined for anything else. */
export function unaskedAs(line: string): string | undefined {
  const found = logs.find(({ tells }) => tells.test(line));
  return found === undefined ? undefined : `this is ${found.name}: it tells ${found.what}; expected ${found.instead}`;
}

interface Unasked {
  readonly tells: RegExp;
  readonly name: string;
  readonly what: string;
  readonly instead: string;
}

const logs: readonly Unasked[] = [
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
    tells: /^tls \d\.\d \d{4}-\d{2}-\d{2}T\S+ net\//,
    name: 'the log of a Network Load Balancer',
    what: 'of TLS connections, and of no request and no answer',
    instead: 'VPC flow logs of its interfaces, which say who connected',
  },
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
    tells: /^\d{4}-\d{2}-\d{2}T\S+Z [\da-f.:]+ \d+ \d+ (?:TLSv\S+|-) /,
    name: 'the connection log of an Application Load Balancer',
    what: 'of TLS connections, and of no request and no answer',
    instead: 'its access log',
  },
];
