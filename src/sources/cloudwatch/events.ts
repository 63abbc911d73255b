import type { Place } from '../../model/problem.ts';
import type { Batch } from '../batch.ts';
import type { CallTools } from '../cloudtrail/reader.ts';
import type { ListedBatch, Taken } from '../listed-batch.ts';
import { EventCalls } from './calls.ts';
import { messageTaken, other } from './message.ts';

/**
 * Events of one file of CloudWatch Logs. Groups hold all that programs print, so that an event of no known log is
 * counted; when all of them are such, or flow records in an order that nobody tells, that is said once.
 */
export class LogEvents {
  readonly #calls: EventCalls | undefined;
  #isAnyKnown = false;
  #areFlowsSaid = false;
  #unknown = 0;
  #first: { readonly place: Place; readonly message: string } | undefined = undefined;

  /** `tools`: with them calls are scanned, and come with the batch. */
  constructor(file: number, tools?: CallTools) {
    this.#calls = tools === undefined ? undefined : new EventCalls(tools, file);
  }

  *take(message: string, time: number, place: Place): Iterable<Taken> {
    if (this.#calls !== undefined && isCall.test(message)) {
      this.#isAnyKnown = true;
      this.#calls.add(message, place.offset);
      return;
    }
    const taken = messageTaken(message, time, place);
    if (taken !== undefined) {
      this.#isAnyKnown = true;
      yield* taken;
      return;
    }
    this.#unknown++;
    this.#first ??= { place, message: message.slice(0, 60) };
    if (!this.#areFlowsSaid && isFlowOfOtherFields(message)) {
      this.#areFlowsSaid = true;
      yield { place, code: 'flow-header', reason: unordered };
    }
    yield other;
  }

  /** All rows of a piece, with the calls among its events. */
  batch(others: ListedBatch, last: boolean): Batch {
    if (last) for (const taken of this.end()) others.take(taken);
    return this.#calls?.with(others) ?? others;
  }

  *end(): Iterable<Taken> {
    if (this.#isAnyKnown || this.#areFlowsSaid || this.#first === undefined) return;
    const { place, message } = this.#first;
    const found = `none of ${this.#unknown} log events is of a log that is read; the first begins with ${JSON.stringify(message)}`;
    yield { place, code: 'log-events-unknown', reason: `${found}; expected ${expected}` };
  }
}

/** As CloudTrail begins its records. */
const isCall = /^\{"eventVersion":/;

const unordered =
  'flow records of chosen fields: a log group keeps no header that names them; expected the default format, or the flow log delivered to S3';
const expected =
  'CloudTrail, flow records in the default format, Resolver queries, WAF, sshd in syslog, or another log that is read as a file';

function isFlowOfOtherFields(message: string): boolean {
  return /(?:^| )eni-[0-9a-f]+ /.test(message) && /(?:^| )(?:ACCEPT|REJECT|NODATA|SKIPDATA)(?: |$)/.test(message);
}
