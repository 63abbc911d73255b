import { type Call, operation } from '../../operation.ts';
import { batchBytesMax, batchSpanMs, eventOverheadBytes, futureMs, pastMs } from './limits.ts';
import { lineId, linesOf } from './lines.ts';
import { uploadToken } from './streams.ts';
import {
  groupOf,
  invalid,
  keptSince,
  type LogGroup,
  type LogStream,
  logLines,
  logStreams,
  notBuilt,
  streamOf,
} from './tables.ts';

interface InputLine {
  readonly timestamp: number;
  readonly message: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const PutLogEvents = operation<{
  logGroupName: string;
  logStreamName: string;
  logEvents: readonly InputLine[];
  sequenceToken?: string;
  entity?: unknown;
}>({
  // Not in the list of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html
  trail: { category: 'none' },
  handle(input, call) {
    if (input.entity !== undefined) throw notBuilt('PutLogEvents with an entity');
    const group = groupOf(call, input.logGroupName);
    const stream = streamOf(call, group.name, input.logStreamName);
    check(input.logEvents);
    const { tooOld, expired, tooNew } = rejected(input.logEvents, group, call.time);
    const taken = input.logEvents.slice(Math.max(tooOld, expired), tooNew);
    dropExpired(call, group, stream);
    const put = store(call, group, stream, taken);
    const info = {
      ...(tooNew < input.logEvents.length ? { tooNewLogEventStartIndex: tooNew } : {}),
      ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
      ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
    };
    return {
      nextSequenceToken: uploadToken(put),
      ...(Object.keys(info).length === 0 ? {} : { rejectedLogEventsInfo: info }),
    };
  },
});

/** What holds for the batch as a whole. */
function check(lines: readonly InputLine[]): void {
  let bytes = 0;
  let last = 0;
  for (const { timestamp, message } of lines) {
    bytes += bytesOf(message);
    if (timestamp < last) {
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
    last = timestamp;
  }
  if (bytes > batchBytesMax) {
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${batchBytesMax}`);
  }
  if (last - (lines[0]?.timestamp ?? last) > batchSpanMs) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

function bytesOf(message: string): number {
  return Buffer.byteLength(message) + eventOverheadBytes;
}

/** How many lead the batch that are too old or expired, and the first of those that are too new. */
function rejected(lines: readonly InputLine[], group: LogGroup, now: number) {
  const until = (time: number) => {
    const index = lines.findIndex(({ timestamp }) => timestamp >= time);
    return index < 0 ? lines.length : index;
  };
  return {
    tooOld: until(now - pastMs),
    expired: until(keptSince(group, now)),
    tooNew: until(now + futureMs + 1),
  };
}

function store(call: Call, group: LogGroup, stream: LogStream, lines: readonly InputLine[]): LogStream {
  let seq = stream.put;
  let { bytes } = stream;
  for (const { timestamp: time, message } of lines) {
    seq++;
    bytes += bytesOf(message);
    logLines.put(call, lineId(group.name, stream.name, { time, seq }), { time, ingestedAt: call.time, seq, message });
  }
  const first = lines[0]?.timestamp;
  const last = lines.at(-1)?.timestamp;
  const put: LogStream = {
    ...stream,
    put: seq,
    bytes,
    lastIngestedAt: call.time,
    ...(first === undefined ? {} : { firstEventAt: Math.min(first, stream.firstEventAt ?? first) }),
    ...(last === undefined ? {} : { lastEventAt: Math.max(last, stream.lastEventAt ?? last) }),
  };
  logStreams.put(call, `${group.name}:${stream.name}`, put);
  return put;
}

/** A stream that is written to does not grow beyond its retention. */
function dropExpired(call: Call, group: LogGroup, stream: LogStream): void {
  const since = keptSince(group, call.time);
  if (since === 0) return;
  const gone = [];
  for (const line of linesOf(call, group.name, stream.name, {})) {
    if (line.time >= since) break;
    gone.push(line);
  }
  for (const line of gone) logLines.remove(call, lineId(group.name, stream.name, line));
}
