/** Few texts found by their UTF-8 bytes, without making a string. */
export class ByteTable<T> {
  readonly #mask: number;
  readonly #rows: ({ readonly bytes: Uint8Array; readonly value: T } | undefined)[];

  constructor(entries: readonly (readonly [text: string, value: T])[]) {
    let size = 4;
    while (size < entries.length * 3) size *= 2;
    this.#mask = size - 1;
    this.#rows = Array.from({ length: size }, () => undefined);
    for (const [text, value] of entries) {
      const bytes = new TextEncoder().encode(text);
      let at = hashOf(bytes, 0, bytes.length) & this.#mask;
      while (this.#rows[at] !== undefined) at = (at + 1) & this.#mask;
      this.#rows[at] = { bytes, value };
    }
  }

  find(bytes: Uint8Array, start: number, end: number): T | undefined {
    for (let at = hashOf(bytes, start, end) & this.#mask; ; at = (at + 1) & this.#mask) {
      const row = this.#rows[at];
      if (row === undefined || isSame(row.bytes, bytes, start, end)) return row?.value;
    }
  }
}

/** The length and the last letters tell names and values apart well enough. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  const middle = bytes[start + (length >> 1)]!;
  const letters = bytes[end - 1]! + (length > 1 ? bytes[end - 2]! : 0) * 31 + middle * 961 + bytes[start]! * 29_791;
  const hash = Math.imul(letters + length * 923_521, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
}
