/** One line of a host's log. */
export interface HostLine {
  /** As the line has it: a time, or what of one was left out (the year, the zone). */
  readonly stamp: string;
  readonly host: string;
  readonly program: string;
  readonly message: string;
}

/** A line in any of the forms that syslog daemons and `journalctl` write; undefined for anything else. */
export function hostLine(line: string): HostLine | undefined {
  const [, stamp = '', host = '', program = '', message = ''] = plain.exec(line) ?? versioned.exec(line) ?? [];
  if (stamp === '') return undefined;
  return { stamp, host: given(host), program: given(program), message: message.replace(/^\ufeff/, '') };
}

/** Epoch milliseconds; NaN where the stamp says too little. Lines without a year are not younger than their file. */
export function stampTime(stamp: string, changed: number | undefined): number {
  if (/^\d+\./.test(stamp)) return Math.floor(Number(stamp) * 1_000);
  const [, named, zone] = /^[A-Z][a-z]{2} (\d{4}-.*) (\S+)$/.exec(stamp) ?? [];
  // Other zones go by letters that several have.
  if (named !== undefined)
    return zone === 'UTC' || zone === 'GMT' ? Date.parse(`${named.replace(' ', 'T')}Z`) : Number.NaN;
  if (/^\d{4}/.test(stamp)) return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(stamp) ? stamp : `${stamp}Z`);
  if (changed === undefined) return Number.NaN;
  const year = new Date(changed).getUTCFullYear();
  const time = Date.parse(`${stamp} ${year} GMT`);
  return time > changed + dayMs ? Date.parse(`${stamp} ${year - 1} GMT`) : time;
}

const dayMs = 24 * 60 * 60_000;

const stamps = [
  '[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?',
  '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\S*',
  // `journalctl -o short-full` and `-o short-unix`
  '[A-Z][a-z]{2} \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2} \\S+',
  '\\d{9,11}\\.\\d+',
];

/** Time, host, program and its process: RFC 3164 as daemons write it, with times of RFC 3339, and `journalctl`. */
const plain = new RegExp(
  `^(?:<\\d{1,3}>)?(${stamps.join('|')}) (\\S+) (?:([^\\s:[\\]]+)(?:\\[\\d+\\])?: |(?=last message repeated|-- MARK))(.*)$`,
);

/**
 * With a version: priority, version, time, host, program, process, kind of message, data, message.
 * https://www.rfc-editor.org/rfc/rfc5424#section-6
 */
const versioned =
  /^(?:<\d{1,3}>)?1 (\d{4}-\d{2}-\d{2}T\S+) (\S+) (\S+) \S+ \S+ (?:-|(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+)(?: (.*))?$/;

function given(value: string): string {
  return value === '-' ? '' : value;
}
