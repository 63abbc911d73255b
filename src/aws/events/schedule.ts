import { AwsError } from '../error.ts';

/** When a rule's schedule is due next. Times are epoch milliseconds; EventBridge's cron is in UTC. */
export interface Schedule {
  /** The first time after `after`; a rate counts from `since`. Undefined when there is none any more. */
  next(after: number, since: number): number | undefined;
}

/**
 * `rate(5 minutes)` or `cron(0 10 * * ? *)`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): Schedule {
  const [, kind, inside] = /^(rate|cron)\(([^()]+)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? parseRate(inside!) : kind === 'cron' ? parseCron(inside!) : undefined;
  if (schedule !== undefined) return schedule;
  throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = { minute: minuteMs, hour: 3_600_000, day: dayMs };

function parseRate(inside: string): Schedule | undefined {
  const [, digits, unit, plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(inside) ?? [];
  const count = Number(digits);
  // AWS refuses `rate(1 minutes)` and `rate(5 minute)`.
  if (unit === undefined || count < 1 || (count === 1) === (plural === 's')) return undefined;
  const every = count * unitMs[unit]!;
  return { next: (after, since) => since + every * Math.max(1, Math.floor((after - since) / every) + 1) };
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const bounds = {
  minute: { from: 0, to: 59 },
  hour: { from: 0, to: 23 },
  day: { from: 1, to: 31 },
  month: { from: 1, to: 12, names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ') },
  weekday: { from: 1, to: 7, names: 'SUN MON TUE WED THU FRI SAT'.split(' ') },
  year: { from: 1970, to: 2199 },
} satisfies Record<string, Bounds>;

type DayTest = (date: Date) => boolean;

function parseCron(inside: string): Schedule | undefined {
  const [minute, hour, day, month, weekday, year, more] = inside.trim().split(/\s+/);
  if (year === undefined || more !== undefined || (day === '?') === (weekday === '?')) return undefined;
  const minutes = parseField(minute!, bounds.minute);
  const hours = parseField(hour!, bounds.hour);
  const months = parseField(month!, bounds.month);
  const years = parseField(year, bounds.year);
  const onDay = day === '?' ? weekdayTest(weekday!) : dayTest(day!);
  if (!minutes || !hours || !months || !years || !onDay) return undefined;
  const isDue: DayTest = (date) =>
    years.has(date.getUTCFullYear()) && months.has(date.getUTCMonth() + 1) && onDay(date);
  const times = [...hours].flatMap((each) => [...minutes].map((minute) => each * 60 + minute));
  const sorted = times.sort((left, right) => left - right);
  return { next: (after) => nextCron(after, isDue, sorted, Math.max(...years)) };
}

function nextCron(after: number, isDue: DayTest, times: readonly number[], lastYear: number): number | undefined {
  for (let day = Math.floor(after / dayMs) * dayMs; ; day += dayMs) {
    const date = new Date(day);
    if (date.getUTCFullYear() > lastYear) return undefined;
    if (!isDue(date)) continue;
    for (const time of times) if (day + time * minuteMs > after) return day + time * minuteMs;
  }
}

/** Lists, ranges, steps and names. */
function parseField(text: string, limits: Bounds): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, low, high, every] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (low === undefined || (low === '*' && high !== undefined) || every === '0') return undefined;
    const from = low === '*' ? limits.from : numberOf(low, limits);
    const to = high !== undefined ? numberOf(high, limits) : low === '*' || every !== undefined ? limits.to : from;
    if (from === undefined || to === undefined || from > to) return undefined;
    for (let value = from; value <= to; value += Number(every ?? 1)) values.add(value);
  }
  return values;
}

function numberOf(text: string, { from, to, names }: Bounds): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? from + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

/** `L` is the month's last day, `15W` the working day nearest to the 15th, `LW` the last working day. */
function dayTest(text: string): DayTest | undefined {
  if (text === 'L') return (date) => date.getUTCDate() === lastDay(date);
  if (text === 'LW') return (date) => date.getUTCDate() === nearestWorkday(date, lastDay(date));
  const wanted = /^(\d+)W$/.exec(text)?.[1];
  if (wanted !== undefined) {
    const day = numberOf(wanted, bounds.day);
    return day === undefined ? undefined : (date) => date.getUTCDate() === nearestWorkday(date, day);
  }
  const days = parseField(text, bounds.day);
  return days && ((date) => days.has(date.getUTCDate()));
}

/** `6L` is the last Friday, `3#2` the second Tuesday; 1 is Sunday. */
function weekdayTest(text: string): DayTest | undefined {
  const [, name, last, nth] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  if (text === 'L') return (date) => date.getUTCDay() === 6;
  if (name !== undefined) {
    const weekday = numberOf(name, bounds.weekday);
    if (weekday === undefined) return undefined;
    const inMonth: DayTest = last
      ? (date) => date.getUTCDate() > lastDay(date) - 7
      : (date) => Math.ceil(date.getUTCDate() / 7) === Number(nth);
    return (date) => date.getUTCDay() + 1 === weekday && inMonth(date);
  }
  const days = parseField(text, bounds.weekday);
  return days && ((date) => days.has(date.getUTCDay() + 1));
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Never leaves the month: from a Saturday the 1st it goes to Monday the 3rd. */
function nearestWorkday(date: Date, wanted: number): number {
  const last = lastDay(date);
  const day = Math.min(wanted, last);
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? day + 2 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}
