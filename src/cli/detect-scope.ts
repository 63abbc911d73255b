import type { Scope } from '../run/detect-logs.ts';
import { timeOf } from '../sources/time.ts';
import { UserError } from './errors.ts';
import type { Invocation } from './invocation.ts';

/** What `--since --until --accounts --regions` leave to judge. */
export function scopeOf(invocation: Invocation): Scope {
  const since = timeGiven(invocation, 'since');
  const until = timeGiven(invocation, 'until');
  const accounts = namesOf(invocation, 'accounts', /^\d{12}$/, '111122223333');
  const regions = namesOf(invocation, 'regions', /^[a-z]{2}(-[a-z]+)+-\d$/, 'us-west-2');
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
  if (!Number.isNaN(time)) return time;
  throw new UserError({
    code: 'DETECT_TIME',
    message: { en: `--${name} "${text}" is not a time`, ja: `--${name} "${text}" は時刻ではありません` },
    expected: { en: 'an ISO 8601 time or date', ja: 'ISO 8601 形式の時刻または日付' },
    hint: `--${name} 2026-01-05T00:00:00Z`,
  });
}

/** Names apart or joined by commas. */
function namesOf(invocation: Invocation, option: string, pattern: RegExp, example: string) {
  const names = invocation.texts(option).flatMap((text) => text.split(','));
  const wrong = names.find((name) => !pattern.test(name));
  if (wrong === undefined) return names.length === 0 ? undefined : new Set(names);
  throw new UserError({
    code: 'DETECT_SCOPE',
    message: { en: `--${option} "${wrong}" is none`, ja: `--${option} "${wrong}" は正しい値ではありません` },
    expected: { en: `values such as ${example}`, ja: `${example} のような値` },
    hint: `--${option} ${example}`,
  });
}
