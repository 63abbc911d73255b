import { operation, type ReadScope } from '../../operation.ts';
import { eventOverheadBytes, pageBytesMax, pageEventsMax } from './limits.ts';
import { eventIdOf, linesOf, type Place, placeIn } from './lines.ts';
import { groupNamed, invalid, keptSince, type LogGroup, type LogLine, type LogStream, streamOf } from './tables.ts';

interface GetLogEventsInput {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamName: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
}

/**
 * A token is `f/<line>/s` (what comes after) or `b/<line>/s` (what came before); at the end it is answered as it was sent.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export const GetLogEvents = operation<GetLogEventsInput>({
  trail: { response: () => null },
  handle(input, call) {
    const group = groupNamed(call, input);
    const stream = streamOf(call, group.name, input.logStreamName);
    const token = input.nextToken === undefined ? undefined : tokenOf(input.nextToken);
    const forward = token?.forward ?? input.startFromHead === true;
    const lines = page(call, group, stream, input, { forward, place: token?.place, now: call.time });
    if (!forward) lines.reverse();
    const [first, last] = [lines[0], lines.at(-1)];
    const here = token === undefined ? nowhere : token.id;
    return {
      events: lines.map(({ time, message, ingestedAt }) => ({ timestamp: time, message, ingestionTime: ingestedAt })),
      nextForwardToken: `f/${last === undefined ? here : eventIdOf(stream, last)}/s`,
      nextBackwardToken: `b/${first === undefined ? here : eventIdOf(stream, first)}/s`,
    };
  },
});

const nowhere = '0'.repeat(56);

function tokenOf(text: string): { readonly forward: boolean; readonly id: string; readonly place: Place | undefined } {
  const [, direction, id = ''] = /^([fb])\/(\d{56})\/s$/.exec(text) ?? [];
  const place = placeIn(id);
  if (direction === undefined || place === undefined) throw invalid('The specified nextToken is invalid.');
  return { forward: direction === 'f', id, place: id === nowhere ? undefined : place };
}

function page(
  scope: ReadScope,
  group: LogGroup,
  stream: LogStream,
  { startTime, endTime, limit = pageEventsMax }: GetLogEventsInput,
  at: { readonly forward: boolean; readonly place: Place | undefined; readonly now: number },
): LogLine[] {
  const since = Math.max(startTime ?? 0, keptSince(group, at.now));
  const start =
    at.place !== undefined
      ? { after: at.place }
      : at.forward
        ? { from: since }
        : endTime === undefined
          ? {}
          : { from: endTime };
  const lines: LogLine[] = [];
  let bytes = 0;
  for (const line of linesOf(scope, group.name, stream.name, { ...start, reverse: !at.forward })) {
    if (at.forward ? endTime !== undefined && line.time >= endTime : line.time < since) break;
    if (line.time < since || (endTime !== undefined && line.time >= endTime)) continue;
    bytes += Buffer.byteLength(line.message) + eventOverheadBytes;
    if (lines.length === limit || (bytes > pageBytesMax && lines.length > 0)) break;
    lines.push(line);
  }
  return lines;
}
