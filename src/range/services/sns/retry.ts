/**
 * When a delivery to a function is tried again after so many failures, in milliseconds; undefined: no more. Three times at
 * once, two a second apart, ten at growing distances, then every 20 seconds: 100,015 tries in 23 days.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export function retryDelayMs(failures: number): number | undefined {
  if (failures <= immediate) return 0;
  if (failures <= immediate + beforeBackoff) return shortestMs;
  const step = failures - immediate - beforeBackoff;
  if (step <= growing) return Math.round(shortestMs * (longestMs / shortestMs) ** ((step - 1) / (growing - 1)));
  return step <= growing + afterBackoff ? longestMs : undefined;
}

const immediate = 3;
const beforeBackoff = 2;
const growing = 10;
const afterBackoff = 100_000;
const shortestMs = 1_000;
const longestMs = 20_000;
