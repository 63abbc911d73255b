// Rows by time, those of one time in the order in which they came: sorted by eleven bits of the time after another.

import { countsRoom as counts } from './room';

@inline const bits: i32 = 11;
@inline const buckets: i32 = 2048;

/**
 * Places of `size` rows in order, of which `times` gives the first one's time and `stride` the way to the next one's.
 * Both `order` and `other` have room for them; one of the two is given back.
 */
export function orderOf(times: usize, stride: usize, size: i32, least: i64, most: i64, order: usize, other: usize): usize {
  for (let row = 0; row < size; row++) store<i32>(order + (<usize>row << 2), row);
  let sorted = order;
  let free = other;
  for (let shift: i64 = 0; (most - least) >> shift > 0; shift += bits) {
    memory.fill(counts, 0, buckets << 2);
    for (let row = 0; row < size; row++) {
      const count = bucketOf(times + <usize>row * stride, least, shift);
      store<i32>(count, load<i32>(count) + 1);
    }
    let before = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const count = counts + (<usize>bucket << 2);
      const here = load<i32>(count);
      store<i32>(count, before);
      before += here;
    }
    for (let place = 0; place < size; place++) {
      const row = load<i32>(sorted + (<usize>place << 2));
      const count = bucketOf(times + <usize>row * stride, least, shift);
      const to = load<i32>(count);
      store<i32>(count, to + 1);
      store<i32>(free + (<usize>to << 2), row);
    }
    const swapped = sorted;
    sorted = free;
    free = swapped;
  }
  return sorted;
}

@inline
function bucketOf(time: usize, least: i64, shift: i64): usize {
  return counts + ((<usize>((load<i64>(time) - least) >> shift) & (buckets - 1)) << 2);
}
