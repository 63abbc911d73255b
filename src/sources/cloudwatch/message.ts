import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import { parsed } from '../json-activity.ts';
import { knownTaken, recordsOf } from '../json-records.ts';
import type { Taken } from '../listed-batch.ts';
import { texts } from '../texts.ts';
import { defaultFields, isDefaultLine } from '../vpc-flow/format.ts';
import { flowActivity } from '../vpc-flow/record.ts';

/** What a message of a log group says, whatever log was sent there; undefined when it is of none that is read. */
export function messageTaken(message: string, time: number, place: Place): readonly Taken[] | undefined {
  const text = message.trim();
  if (/^[{[]/.test(text)) return ofJson(text, place);
  if (isDefaultLine(text)) return [flowTaken(text, place)];
  const source = texts.find(({ tells }) => tells(text));
  // A line that leaves the year out is as old as its event.
  return source === undefined ? undefined : [source.open(time)(text, place)];
}

/** Whether a text may be a message of a known log, for telling a file by its first lines. */
export function isTellingMessage(text: string): boolean {
  return /^\{\s*"/.test(text) || isDefaultLine(text) || texts.some(({ tells }) => tells(text));
}

function ofJson(text: string, place: Place): readonly Taken[] | undefined {
  const json: Json | undefined = parsed(text);
  if (json === undefined) return undefined;
  const taken = Array.from(recordsOf(json), (record) => knownTaken(record, place));
  return taken.every((each) => each === undefined) ? undefined : taken.map((each) => each ?? other);
}

/** The header of a flow log stays where the log is made: in a log group only the default format is known. */
function flowTaken(line: string, place: Place): Taken {
  const values = line.split(' ');
  const fields = Object.fromEntries(defaultFields.map((name, index) => [name, values[index]!]));
  const status = fields['log-status'];
  return status === 'NODATA' || status === 'SKIPDATA' ? { passed: status } : flowActivity(fields, place);
}

export const other = { passed: 'log-event-other' } as const;
