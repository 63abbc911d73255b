// Hashing and comparing of bytes, several a step: views read them at any offset.

export function isSame(known: DataView, first: number, view: DataView, start: number, length: number): boolean {
  let i = 0;
  // Eight bytes of text are a number like any other; what is none, or is zero, is compared by its halves.
  for (; i + 8 <= length; i += 8) {
    const number = known.getFloat64(first + i, true);
    const isEqual = number === view.getFloat64(start + i, true);
    if ((!isEqual || number === 0) && !isSameEight(known, first + i, view, start + i)) return false;
  }
  for (; i < length; i++) if (known.getUint8(first + i) !== view.getUint8(start + i)) return false;
  return true;
}

function isSameEight(known: DataView, first: number, view: DataView, start: number): boolean {
  return (
    known.getInt32(first, true) === view.getInt32(start, true) &&
    known.getInt32(first + 4, true) === view.getInt32(start + 4, true)
  );
}

export function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ view.getInt32(i, true), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x5bd1e995);
  return hash ^ (hash >>> 13);
}
