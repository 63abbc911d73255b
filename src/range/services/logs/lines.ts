import type { ReadScope } from '../../operation.ts';
import { type LogLine, type LogStream, logLines } from './tables.ts';

/** A place in a stream: `time` and the order within it. */
export interface Place {
  readonly time: number;
  readonly seq: number;
}

/** Lines of one stream in the order of time (or against it), from a place on; the place itself is left out. */
export function* linesOf(
  scope: ReadScope,
  group: string,
  stream: string,
  range: { readonly after?: Place; readonly from?: number; readonly reverse?: boolean },
): Iterable<LogLine> {
  const prefix = `${group}:${stream}:`;
  const start =
    range.after === undefined
      ? range.from === undefined
        ? undefined
        : `${prefix}${timeText(range.from)}`
      : prefix + placeText(range.after);
  const keys = {
    prefix,
    ...(start === undefined ? {} : { after: start }),
    ...(range.reverse ? { reverse: true } : {}),
  };
  for (const [, line] of logLines.list(scope, keys)) yield line;
}

export function lineId(group: string, stream: string, place: Place): string {
  return `${group}:${stream}:${placeText(place)}`;
}

/** 56 digits, as AWS's: a line is known by it, and a token points to it. */
export function eventIdOf(stream: LogStream, { time, seq }: Place): string {
  return `3${timeText(time)}${stream.number}${String(seq).padStart(20, '0')}`;
}

export function placeIn(eventId: string): Place | undefined {
  if (!/^\d{56}$/.test(eventId)) return undefined;
  return { time: Number(eventId.slice(1, 16)), seq: Number(eventId.slice(36)) };
}

function placeText({ time, seq }: Place): string {
  return `${timeText(time)}:${String(seq).padStart(12, '0')}`;
}

function timeText(time: number): string {
  return String(time).padStart(15, '0');
}
