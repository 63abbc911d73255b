// What gzip's sum (CRC-32) needs of many bytes: some five thousand that have the same sum.
import { carried } from './room';

/*
 * x^300 + x^155 + x^117 + x^89 + 1 is a multiple of the polynomial of CRC-32 (no other of five terms is as short), and so is
 * its 128th power, which has the same terms with x^128 for x. So what stands 300 vectors of sixteen bytes before the end of
 * a message can be left out, when it is added to what stands 145, 183, 211 and 300 vectors after it: four additions for
 * sixteen bytes, where a table takes a look-up for each.
 */
@inline const width: usize = 16;
@inline const degree: usize = 300 * width;
/** Before a vector, in bytes: whose that stands there it takes on. They count from the one that is farthest. */
@inline const first: usize = 0;
@inline const second: usize = (300 - 211) * width;
@inline const third: usize = (300 - 183) * width;
@inline const fourth: usize = (300 - 145) * width;
/** Vectors that are taken in one go: those before them, and they, lie in the processor's nearest memory. */
@inline const atOnce: usize = 720 * width;

/** Of 4,800 bytes at least: so many at `foldedAt` have the same sum, where theirs begins with zeros and not with ones. */
export function fold(from: usize, to: usize): usize {
  const rest = (to - from) & (width - 1);
  const end = to - rest - degree;
  memory.fill(carried, 0, degree);
  // The sum begins with 32 ones, which are added to the message's first four bytes.
  store<u32>(carried, 0xffffffff);
  let at = from;
  while (at < end) {
    const length = min(atOnce, end - at);
    for (let i: usize = 0; i < length; i += width) v128.store(carried + i, added(at + i, i), degree);
    at += length;
    memory.copy(carried, carried + length, degree);
  }
  // Those that stay take on what was left out, and nothing of each other.
  memory.fill(carried + degree, 0, degree);
  for (let i: usize = 0; i < degree; i += width) v128.store(carried + i, added(at + i, i), degree * 2);
  memory.copy(carried + degree * 3, end + degree, rest);
  return degree + rest;
}

export function foldedAt(): usize {
  return carried + degree * 2;
}

@inline
function added(at: usize, i: usize): v128 {
  const before = carried + i;
  const near = v128.xor(v128.load(before, third), v128.load(before, fourth));
  const far = v128.xor(v128.load(before, first), v128.load(before, second));
  return v128.xor(v128.load(at), v128.xor(near, far));
}
