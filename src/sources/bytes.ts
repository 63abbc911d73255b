// Hashing and comparing of bytes, four a step: views read them at any offset.

export function isSame(known: DataView, first: number, view: DataView, start: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (known.getInt32(first + i, true) !== view.getInt32(start + i, true)) return false;
  for (; i < length; i++) if (known.getUint8(first + i) !== view.getUint8(start + i)) return false;
  return true;
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
