/**
 * What `set` of an array does, at the speed of memory: where another thread sees either side `set` goes word by word, and
 * byte by byte where the two are not aligned alike.
 */
export function put(source: Uint8Array, target: Buffer, at: number): void {
  if (source.length > 0) target.fill(source, at, at + source.length);
}
