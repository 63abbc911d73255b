/**
 * Two hashes of 32 bits over UTF-16 units that differ where one does not: nobody meets both by chance. The first is
 * FNV-1a.
 */
export function hashesOf(text: string): readonly [number, number] {
  let [a, b] = [0x811c9dc5, 0x9dc5811c];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}

/** Of a member's name in JSON, as the scanners in WebAssembly have it: its length and a few of its letters. */
export function hashOfName(name: Uint8Array): number {
  const length = name.length;
  if (length === 0) return 0;
  const letters = name[0]! + name[length >> 1]! * 31 + name[length - 1]! * 961;
  const hash = Math.imul(letters + length * 29_791, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
