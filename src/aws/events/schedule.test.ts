import { expect, it } from 'vitest';
import { nextAttempt } from './retry.ts';
import { parseSchedule } from './schedule.ts';

const at = (text: string) => Date.parse(`${text}Z`);

it.each<[string, string, string]>([
  ['rate(5 minutes)', '2026-01-05T00:00', '2026-01-05T00:05'],
  ['rate(1 day)', '2026-01-06T12:00', '2026-01-07T00:00'],
  ['cron(0 10 * * ? *)', '2026-01-05T10:00', '2026-01-06T10:00'],
  ['cron(0/15 8-9 ? * MON-FRI *)', '2026-01-09T09:45', '2026-01-12T08:00'],
  ['cron(0 0 L * ? *)', '2026-02-01T00:00', '2026-02-28T00:00'],
  ['cron(0 0 1W * ? *)', '2026-08-01T00:00', '2026-08-03T00:00'],
  ['cron(0 0 ? * 6L *)', '2026-01-05T00:00', '2026-01-30T00:00'],
  ['cron(0 0 ? * 3#2 *)', '2026-01-05T00:00', '2026-01-13T00:00'],
  ['cron(30 1 29 2 ? *)', '2026-01-05T00:00', '2028-02-29T01:30'],
])('%s after %s is %s', (expression, after, expected) => {
  expect(parseSchedule(expression).next(at(after), at('2026-01-05T00:00'))).toBe(at(expected));
});

it.each([
  'rate(1 minutes)',
  'rate(0 minutes)',
  'rate(5 minute)',
  'cron(0 10 * * * *)',
  'cron(60 0 * * ? *)',
  'cron(0 0 ? * ? *)',
  'cron(0 0 * * ?)',
  'every day',
])('%s is refused', (expression) =>
  expect(() => parseSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.'),
);

it('ends a schedule whose years are over', () => {
  expect(parseSchedule('cron(0 0 * * ? 2025)').next(at('2026-01-05T00:00'), 0)).toBeUndefined();
});

it('tries again later and later, until attempts or age are exhausted', () => {
  const failure = { since: 0, now: 1_000, luck: 0.5 };
  expect(nextAttempt({ ...failure, attempts: 1 })).toEqual({ at: 1_750 });
  expect(nextAttempt({ ...failure, attempts: 20 })).toEqual({ at: 451_000 });
  const once = { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 60 };
  expect(nextAttempt({ ...failure, attempts: 2 }, once)).toEqual({ exhausted: 'MaximumRetryAttempts' });
  expect(nextAttempt({ ...failure, attempts: 1, now: 60_000 }, once)).toEqual({
    exhausted: 'MaximumEventAgeInSeconds',
  });
});
