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
