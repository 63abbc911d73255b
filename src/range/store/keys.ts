import { keyBytesMax } from './limits.ts';

/** Of keys without surrogates and without what follows them in the basic plane JavaScript's own order is the order of bytes. */
export function isPlain(key: string): boolean {
  return !/[\ud800-\uffff]/.test(key);
}

/** Negative, zero or positive, as the UTF-8 bytes of the two keys compare. JavaScript's `<` orders astral characters otherwise. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Halves of astral characters come after the whole basic plane in UTF-8, though their code units lie inside it. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Refuses what no store could give back as it was. */
export function checkKey(key: string): void {
  // A lone surrogate has no UTF-8: it would come back as another key. Plain keys have none, and are told faster.
  if (!isPlain(key) && /\p{Surrogate}/u.test(key))
    throw new RangeError(`key ${JSON.stringify(key)}: expected well-formed Unicode`);
  // Three bytes a code unit at most, so that short keys are not measured.
  if (key.length * 3 > keyBytesMax && utf8Length(key) > keyBytesMax) {
    throw new RangeError(`key ${JSON.stringify(key.slice(0, 80))}...: expected at most ${keyBytesMax} bytes of UTF-8`);
  }
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
