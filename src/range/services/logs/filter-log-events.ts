import { compileFilterPattern } from '../../../aws/logs/filter-pattern.ts';
import { operation, type ReadScope } from '../../operation.ts';
import { eventOverheadBytes, pageBytesMax, pageEventsMax } from './limits.ts';
import { eventIdOf, linesOf } from './lines.ts';
import { groupNamed, invalid, keptSince, type LogLine, type LogStream, logStreams, streamOf } from './tables.ts';

interface FilterLogEventsInput {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const FilterLogEvents = operation<FilterLogEventsInput>({
  trail: { response: () => null },
  handle(input, call) {
    const group = groupNamed(call, input);
    const streams = chosen(call, group.name, input);
    const pattern = compileFilterPattern(input.filterPattern ?? '');
    const from = Math.max(input.startTime ?? 0, keptSince(group, call.time));
    const limit = input.limit ?? pageEventsMax;
    const found: Found[] = [];
    let bytes = 0;
    let more = false;
    for (const each of merged(call, group.name, streams, from, input)) {
      if (!pattern.matches(each.line.message)) continue;
      bytes += Buffer.byteLength(each.line.message) + eventOverheadBytes;
      more = found.length === limit || (bytes > pageBytesMax && found.length > 0);
      if (more) break;
      found.push(each);
    }
    return {
      events: found.map(({ stream, line }) => ({
        logStreamName: stream.name,
        timestamp: line.time,
        message: line.message,
        ingestionTime: line.ingestedAt,
        eventId: eventIdOf(stream, line),
      })),
      // Always empty since May 2020 (same page).
      searchedLogStreams: [],
      ...(more ? { nextToken: tokenOf(found.at(-1)) } : {}),
    };
  },
});

interface Found {
  readonly stream: LogStream;
  readonly line: LogLine;
}

function chosen(scope: ReadScope, group: string, input: FilterLogEventsInput): readonly LogStream[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names !== undefined && prefix !== undefined) {
    throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  }
  if (names !== undefined) return names.map((name) => streamOf(scope, group, name));
  return [...logStreams.list(scope, { prefix: `${group}:${prefix ?? ''}` })].map(([, stream]) => stream);
}

/** The lines of all streams in one order: time, then when they came, then the stream. */
function* merged(
  scope: ReadScope,
  group: string,
  streams: readonly LogStream[],
  from: number,
  { endTime = Number.POSITIVE_INFINITY, nextToken }: FilterLogEventsInput,
): Iterable<Found> {
  const last = nextToken === undefined ? undefined : lastOf(nextToken);
  const heads: { readonly found: Found; readonly rest: Iterator<LogLine> }[] = [];
  const take = (stream: LogStream, rest: Iterator<LogLine>) => {
    const next = rest.next();
    if (next.done === true || next.value.time > endTime) return;
    heads.push({ found: { stream, line: next.value }, rest });
  };
  for (const stream of streams) {
    const start = Math.max(from, last?.time ?? 0);
    take(stream, linesOf(scope, group, stream.name, { from: start })[Symbol.iterator]());
  }
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      if (compare(orderOf(heads[i]!.found), orderOf(heads[least]!.found)) < 0) least = i;
    }
    const [{ found, rest }] = heads.splice(least, 1) as [(typeof heads)[number]];
    take(found.stream, rest);
    if (last === undefined || compare(orderOf(found), last) > 0) yield found;
  }
}

interface Order {
  readonly time: number;
  readonly ingestedAt: number;
  readonly stream: string;
  readonly seq: number;
}

function orderOf({ stream, line }: Found): Order {
  return { time: line.time, ingestedAt: line.ingestedAt, stream: stream.name, seq: line.seq };
}

function compare(a: Order, b: Order): number {
  const streams = a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0;
  return a.time - b.time || a.ingestedAt - b.ingestedAt || streams || a.seq - b.seq;
}

function tokenOf(found: Found | undefined): string | undefined {
  return found && Buffer.from(JSON.stringify(orderOf(found))).toString('base64url');
}

function lastOf(token: string): Order {
  try {
    const order = JSON.parse(Buffer.from(token, 'base64url').toString()) as Partial<Order>;
    const { time, ingestedAt, stream, seq } = order;
    if ([time, ingestedAt, seq].every(Number.isSafeInteger) && typeof stream === 'string') return order as Order;
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('The specified nextToken is invalid.');
}
