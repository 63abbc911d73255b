/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeInSeconds: number;
}

export const defaultRetryPolicy: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 };

/** What the dead-letter queue's message says in `EXHAUSTED_RETRY_CONDITION`. */
export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

export interface Failure {
  /** How many attempts have failed, the first included. */
  readonly attempts: number;
  /** When the event reached the bus, and when the last attempt failed; epoch milliseconds. */
  readonly since: number;
  readonly now: number;
  /** From 0 up to 1, seeded. */
  readonly luck: number;
}

// AWS says "exponential back off and jitter" and 185 attempts in 24 hours; a ceiling of ten minutes gives that mean.
const firstMs = 1_000;
const longestMs = 600_000;

/** When the next attempt is due, or which limit ends them. */
export function nextAttempt(
  { attempts, since, now, luck }: Failure,
  policy: RetryPolicy = defaultRetryPolicy,
): { readonly at: number } | { readonly exhausted: Exhausted } {
  if (attempts > policy.maximumRetryAttempts) return { exhausted: 'MaximumRetryAttempts' };
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 30));
  const at = Math.round(now + ceiling / 2 + (ceiling / 2) * luck);
  if (at - since > policy.maximumEventAgeInSeconds * 1_000) return { exhausted: 'MaximumEventAgeInSeconds' };
  return { at };
}
