import type { Place } from '../../model/problem.ts';
import type { Batch, Reader } from '../batch.ts';
import type { CallTools } from '../cloudtrail/reader.ts';
import { LineReader } from '../line-reader.ts';
import type { Taken } from '../listed-batch.ts';
import { LogEvents } from './events.ts';
import { isTellingMessage, other } from './message.ts';

/** Whether a line is one of an export of CloudWatch Logs, or of `aws logs tail`, whose message is of a known log. */
export function isExportLine(line: string): boolean {
  const [, , message] = stamped.exec(line) ?? [];
  return message !== undefined && messagesOf(message).some(isTellingMessage);
}

/**
 * An export to S3: a line is the time of an event and its message; what follows without a time is more of a message.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
export class ExportReader implements Reader {
  readonly #events: LogEvents;
  readonly #lines: LineReader;

  constructor(file: number, tools: CallTools) {
    this.#events = new LogEvents(file, tools);
    this.#lines = new LineReader(file, (line, place) => this.#take(line, place));
  }

  read(piece: Uint8Array, last: boolean): Batch {
    return this.#events.batch(this.#lines.read(piece, last), last);
  }

  *#take(line: string, place: Place): Iterable<Taken> {
    const [, stamp = '', message] = stamped.exec(line) ?? [];
    if (message === undefined) yield other;
    else {
      const told = messagesOf(message).find(isTellingMessage) ?? message;
      yield* this.#events.take(told, Date.parse(zoned(stamp)), place);
    }
  }
}

const stamped = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?) (.*)$/s;

function zoned(stamp: string): string {
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(stamp) ? stamp : `${stamp}Z`;
}

/** The message as it is, or behind the name of its stream, as `aws logs tail` prints it. */
function messagesOf(message: string): readonly string[] {
  return [message, message.replace(/^\S+ /, '')];
}
