import { type Operator, pair } from './operator.ts';
import { typed } from './typed.ts';

type Compare = (given: number, asked: number) => boolean;

export const dateOperators = {
  ...pair(
    'DateEquals',
    'DateNotEquals',
    dates((given, asked) => given === asked),
  ),
  DateLessThan: { negated: false, compile: dates((given, asked) => given < asked) },
  DateLessThanEquals: { negated: false, compile: dates((given, asked) => given <= asked) },
  DateGreaterThan: { negated: false, compile: dates((given, asked) => given > asked) },
  DateGreaterThanEquals: { negated: false, compile: dates((given, asked) => given >= asked) },
} satisfies Record<string, Operator>;

function dates(compare: Compare): Operator['compile'] {
  return typed('a date (ISO 8601 or seconds since 1970)', readDate, readDate, compare);
}

const iso = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?)?)?$/i;

/** How AWS itself writes `aws:TokenIssueTime` and `aws:CurrentTime`. */
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Epoch milliseconds. Without a zone it is UTC. Four digits are a year, other numbers are seconds since 1970. */
function readDate(text: string): number | undefined {
  if (usual.test(text)) {
    const parsed = Date.parse(text);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length !== 4) return Number(text) * 1000;
  const found = iso.exec(text);
  if (!found) return undefined;
  const zone = found[6];
  const clock = found[3] ?? '';
  const day = clock === '' ? text : text.slice(0, text.toUpperCase().indexOf('T'));
  const time =
    clock === ''
      ? ''
      : clock
          .slice(0, clock.length - (zone?.length ?? 0))
          .replace(',', '.')
          .toUpperCase();
  const offset =
    zone === undefined || /z/i.test(zone) ? 'Z' : zone.replace(/^(...):?(\d\d)?$/, (_, h, m) => `${h}:${m ?? '00'}`);
  const parsed = Date.parse(time === '' ? day : `${day}${time}${offset}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
