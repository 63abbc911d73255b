/**
 * Where texts may end: one bit for each byte, set for quotes, backslashes and control characters. WebAssembly looks at 32
 * bytes at once, so that the scanner leaps over a text instead of walking it.
 */
export class Specials {
  bits: Int32Array = new Int32Array(blockBytes / 32);
  readonly #memory = new WebAssembly.Memory({ initial: 2, maximum: 2 });
  readonly #input = new Uint8Array(this.#memory.buffer, 0, blockBytes);
  readonly #output = new Int32Array(this.#memory.buffer, blockBytes, blockBytes / 32);
  readonly #mark: () => void;

  constructor() {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { a: { m: this.#memory } });
    // The module below exports exactly this.
    this.#mark = exports['f'] as () => void;
  }

  /** Marks all of these bytes. What is beyond them is marked too, so that every search ends. */
  of(bytes: Uint8Array): void {
    const blocks = Math.ceil((bytes.length + 1) / blockBytes);
    if (this.bits.length * 32 < blocks * blockBytes) this.bits = new Int32Array((blocks * blockBytes) / 32);
    for (let block = 0; block < blocks; block++) {
      const part = bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
      this.#input.set(part);
      if (part.length < blockBytes) this.#input.fill(0, part.length);
      this.#mark();
      this.bits.set(this.#output, (block * blockBytes) / 32);
    }
  }
}

const blockBytes = 65_536;

/** What is used of it: the types of Node name it without its values. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

const splat = (byte: number) => [0x41, ...signed(byte), 0xfd, 0x0f];
const marked = (offset: number) => [
  ...[0x20, 0x00, 0xfd, 0x00, 0x00, ...unsigned(offset), 0x22, 0x01],
  ...[...splat(0x22), 0xfd, 0x23, 0x20, 0x01, ...splat(0x5c), 0xfd, 0x23, 0xfd, 0x50],
  ...[0x20, 0x01, ...splat(0x20), 0xfd, 0x26, 0xfd, 0x50, 0xfd, 0x64],
];

/*
 * (func (export "f") (local $i i32) (local $v v128)
 *   (loop $next
 *     (i32.store offset=65536 (i32.shr_u $i 3)
 *       (i32.or (marked offset=0) (i32.shl (marked offset=16) 16)))
 *     (br_if $next (i32.lt_u (local.tee $i (i32.add $i 32)) 65536))))
 * where (marked) is the i8x16.bitmask of v == '"' | v == '\' | v < 0x20 with v = (local.tee $v (v128.load $i)).
 */
const code = [
  ...[0x02, 0x01, 0x7f, 0x01, 0x7b],
  ...[0x03, 0x40],
  ...[0x20, 0x00, 0x41, 0x03, 0x76],
  ...[...marked(0), ...marked(16), 0x41, 0x10, 0x74, 0x72],
  ...[0x36, 0x02, ...unsigned(blockBytes)],
  ...[0x20, 0x00, 0x41, 0x20, 0x6a, 0x22, 0x00, 0x41, ...signed(blockBytes), 0x49, 0x0d, 0x00],
  ...[0x0b, 0x0b],
];

const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
const module = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, [0x01, 0x60, 0x00, 0x00]),
  ...section(2, [0x01, 0x01, 0x61, 0x01, 0x6d, 0x02, 0x01, 0x02, 0x02]),
  ...section(3, [0x01, 0x00]),
  ...section(7, [0x01, 0x01, 0x66, 0x00, 0x00]),
  ...section(10, [0x01, ...unsigned(code.length), ...code]),
]);

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
