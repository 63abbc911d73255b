import type { Words } from '../model/words.ts';
import type { Scope } from '../run/detect-logs.ts';
import { UserError } from '../run/errors.ts';
import { timeOf } from '../sources/time.ts';
import type { Invocation } from './invocation.ts';

/** What `--since --until --accounts --regions` leave to judge. */
export function scopeOf(invocation: Invocation): Scope {
  const since = timeGiven(invocation, 'since');
  const until = timeGiven(invocation, 'until');
  if (since !== undefined && until !== undefined && until <= since) throw nothingBetween(invocation);
  const accounts = namesOf(invocation, accountNames);
  const regions = namesOf(invocation, regionNames);
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(regions === undefined ? {} : { regions }),
  };
}

function timeGiven(invocation: Invocation, name: string): number | undefined {
  const text = invocation.text(name);
  if (text === undefined) return undefined;
  const time = timeOf(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  // The 30th of February is read as the second of March, and would be a silent mistake.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (!Number.isNaN(time) && isDay) return time;
  throw new UserError({
    code: 'DETECT_TIME',
    message: { en: `--${name} "${text}" is not a time`, ja: `--${name} "${text}" は時刻ではありません` },
    expected: { en: 'an ISO 8601 time or date', ja: 'ISO 8601 形式の時刻または日付' },
    hint: `--${name} 2026-01-05T00:00:00Z`,
  });
}

function nothingBetween(invocation: Invocation): UserError {
  const [since, until] = [invocation.text('since'), invocation.text('until')];
  return new UserError({
    code: 'DETECT_TIME',
    message: {
      en: `--until "${until}" is not after --since "${since}"`,
      ja: `--until "${until}" が --since "${since}" より後の時刻ではありません`,
    },
    expected: { en: 'a later time for --until', ja: '--until には --since より後の時刻' },
    hint: `--since ${until} --until ${since}`,
  });
}

interface Names {
  readonly option: string;
  readonly pattern: RegExp;
  readonly one: Words;
  readonly expected: Words;
  readonly example: string;
}

const accountNames: Names = {
  option: 'accounts',
  pattern: /^\d{12}$/,
  one: { en: 'no account id', ja: 'アカウント ID' },
  expected: {
    en: '12 digits, several apart by blanks or commas',
    ja: '12 桁の数字（複数の場合は空白またはカンマ区切り）',
  },
  example: '111122223333',
};

const regionNames: Names = {
  option: 'regions',
  pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
  one: { en: 'no name of a region', ja: 'リージョン名' },
  expected: {
    en: 'names of regions, several apart by blanks or commas',
    ja: 'リージョン名（複数の場合は空白またはカンマ区切り）',
  },
  example: 'us-west-2',
};

/** Names apart or joined by commas. */
function namesOf(invocation: Invocation, { option, pattern, one, expected, example }: Names) {
  const names = invocation.texts(option).flatMap((text) => text.split(','));
  const wrong = names.find((name) => !pattern.test(name));
  if (wrong === undefined) return names.length === 0 ? undefined : new Set(names);
  throw new UserError({
    code: 'DETECT_SCOPE',
    message: { en: `--${option} "${wrong}" is ${one.en}`, ja: `--${option} "${wrong}" は${one.ja}ではありません` },
    expected,
    hint: `--${option} ${example}`,
  });
}
