/** Rows of one piece by time; those of one time stay in the order in which they came. */
export function orderOf(times: Float64Array): Uint32Array {
  const order = new Uint32Array(times.length);
  let [least, most, before] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isSorted = true;
  for (let index = 0; index < times.length; index++) {
    order[index] = index;
    const time = times[index]!;
    if (time < before) isSorted = false;
    if (time < least) least = time;
    if (time > most) most = time;
    before = time;
  }
  if (isSorted) return order;
  const seconds = Math.floor(most / 1_000) - Math.floor(least / 1_000) + 1;
  if (seconds <= 4 * times.length + 4_096 && areWhole(times)) return bySecond(times, order, least, seconds);
  return order.sort((a, b) => times[a]! - times[b]! || a - b);
}

/** A piece of a log spans few seconds: counting them is cheaper than comparing. */
function bySecond(times: Float64Array, order: Uint32Array, least: number, seconds: number): Uint32Array {
  const places = new Uint32Array(seconds + 1);
  for (let index = 0; index < times.length; index++) places[(times[index]! - least) / 1_000 + 1]!++;
  for (let second = 0; second < seconds; second++) places[second + 1]! += places[second]!;
  for (let index = 0; index < times.length; index++) order[places[(times[index]! - least) / 1_000]!++] = index;
  return order;
}

function areWhole(times: Float64Array): boolean {
  for (let index = 0; index < times.length; index++) {
    if (Math.floor(times[index]! / 1_000) * 1_000 !== times[index]) return false;
  }
  return true;
}
