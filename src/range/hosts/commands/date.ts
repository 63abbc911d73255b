import { failed, type HostCommand, printed, readFlags } from '../seat.ts';

export const date: HostCommand = {
  names: ['date'],
  run(args, { host, disk }) {
    const { flags, rest } = readFlags(args, ['d', 'date', 'r', 'reference', 's']);
    const now = host.ports.clock.now();
    const wanted = flags.get('d') ?? flags.get('date');
    const file = flags.get('r') ?? flags.get('reference');
    const time = file !== undefined ? disk.find(file)?.mtime : wanted === undefined ? now : readTime(wanted, now);
    if (time === undefined) return failed(`date: invalid date '${wanted ?? file}'`);
    const format = rest.find((arg) => arg.startsWith('+'))?.slice(1) ?? '%a %b %e %H:%M:%S UTC %Y';
    const iso = flags.get('iso-8601');
    if (flags.has('I') || iso !== undefined)
      return printed(`${formatTime(time, iso === 'seconds' ? '%Y-%m-%dT%H:%M:%S+00:00' : '%F')}\n`);
    if (flags.has('R')) return printed(`${formatTime(time, '%a, %d %b %Y %H:%M:%S +0000')}\n`);
    return printed(`${formatTime(time, format)}\n`);
  },
};

const unitMs: Readonly<Record<string, number>> = {
  second: 1000,
  sec: 1000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** `@epoch`, ISO times, `now`, `yesterday`, `tomorrow`, and `N units [ago]` after any of them. */
export function readTime(text: string, now: number): number | undefined {
  const offset = /([+-]?\s*\d+)\s*(second|sec|minute|min|hour|day|week)s?(\s+ago)?\s*$/i.exec(text);
  const base = (offset === null ? text : text.slice(0, offset.index)).trim();
  const sign = offset?.[3] === undefined ? 1 : -1;
  const shift =
    offset === null
      ? 0
      : sign * Number((offset[1] ?? '0').replaceAll(' ', '')) * (unitMs[(offset[2] ?? '').toLowerCase()] ?? 0);
  const start = baseTime(base, now);
  return start === undefined ? undefined : start + shift;
}

function baseTime(text: string, now: number): number | undefined {
  if (text === '' || text === 'now' || text === 'today') return now;
  if (text === 'yesterday') return now - 86_400_000;
  if (text === 'tomorrow') return now + 86_400_000;
  if (/^@\d+(\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000;
  const parsed = Date.parse(
    /[zZ]$|UTC|GMT|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}${text.includes(':') ? 'Z' : ''}`,
  );
  return Number.isNaN(parsed) ? undefined : parsed;
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function formatTime(time: number, format: string): string {
  const at = new Date(time);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const iso = at.toISOString();
  const fields: Readonly<Record<string, string>> = {
    Y: `${at.getUTCFullYear()}`,
    y: two(at.getUTCFullYear() % 100),
    m: two(at.getUTCMonth() + 1),
    d: two(at.getUTCDate()),
    e: `${at.getUTCDate()}`.padStart(2),
    H: two(at.getUTCHours()),
    I: two(at.getUTCHours() % 12 || 12),
    M: two(at.getUTCMinutes()),
    S: two(at.getUTCSeconds()),
    N: `${at.getUTCMilliseconds()}`.padStart(3, '0').padEnd(9, '0'),
    s: `${Math.floor(time / 1000)}`,
    a: days[at.getUTCDay()]?.slice(0, 3) ?? '',
    A: days[at.getUTCDay()] ?? '',
    b: months[at.getUTCMonth()]?.slice(0, 3) ?? '',
    B: months[at.getUTCMonth()] ?? '',
    u: `${at.getUTCDay() || 7}`,
    w: `${at.getUTCDay()}`,
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    R: iso.slice(11, 16),
    Z: 'UTC',
    z: '+0000',
    p: at.getUTCHours() < 12 ? 'AM' : 'PM',
    n: '\n',
    t: '\t',
    '%': '%',
  };
  return format.replace(/%[-_]?([A-Za-z%])/g, (whole, name: string) => fields[name] ?? whole);
}
