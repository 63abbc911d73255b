/** `2026-01-05T00:00:00Z`: how AWS writes a time in its records and condition keys, in whole seconds. */
export function instant(time: number): string {
  const day = Math.floor(time / dayMs);
  // Nearly all times that are written lie in one day.
  if (day !== last.day) last = { day, text: new Date(day * dayMs).toISOString().slice(0, 10) };
  const second = Math.floor((time - day * dayMs) / 1000);
  return `${last.text}T${twoDigits[Math.floor(second / 3600)]}:${twoDigits[Math.floor(second / 60) % 60]}:${twoDigits[second % 60]}Z`;
}

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
let last = { day: Number.NaN, text: '' };
