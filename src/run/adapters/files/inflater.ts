import { crc32 } from 'node:zlib';
import { instanceOf, type Memory, newMemory, reach } from '../../../model/wasm.ts';
import { module } from './generated/inflate-module.ts';

/**
 * Unpacks gzip (RFC 1952) into memory that is used again: new memory for each file costs more than the unpacking.
 * Nothing is said of a file that is damaged, cut or too large: the usual road reads it, and says what there is to say.
 */
export class Inflater {
  readonly #memory: Memory = newMemory();
  readonly #inflate = instanceOf<Exports>(module, this.#memory);

  /** Where a file is put that is to be unpacked: valid until this is asked for again, or something is unpacked. */
  input(length: number): Uint8Array {
    reach(this.#memory, inAt + length + behind);
    return new Uint8Array(this.#memory.buffer, inAt, length);
  }

  /**
   * All members of the file that lies in `input`, at most so many bytes; valid until the next call, where `input` is not.
   * Undefined: for the usual road.
   */
  unpacked(length: number, most: number): Uint8Array | undefined {
    if (length < leastMember) return undefined;
    const outAt = (inAt + length + behind + 15) & ~15;
    reach(this.#memory, outAt + Math.min(toldSize(this.input(length)), most) + behind);
    new Uint8Array(this.#memory.buffer, inAt + length, behind).fill(0);
    let [at, to] = [0, outAt];
    while (at < length) {
      const begin = beginOfMember(this.input(length), at);
      if (begin === undefined) return undefined;
      const result = this.#inflate.inflate(inAt + begin, inAt + length, to, outAt + most - to);
      const end = this.#inflate.inputEnd() - inAt;
      if (result !== isInflated || end + 8 > length) return undefined;
      const size = this.#inflate.outputEnd() - to;
      if (to + size > outAt + most) return undefined;
      const told = new DataView(this.#memory.buffer, inAt + end, 8);
      if (told.getUint32(0, true) !== this.#sum(to, size) || told.getUint32(4, true) !== size) return undefined;
      at = end + 8;
      to += size;
    }
    return new Uint8Array(this.#memory.buffer, outAt, to - outAt);
  }

  #sum(from: number, size: number): number {
    if (size < foldedBytes) return crc32(new Uint8Array(this.#memory.buffer, from, size));
    const length = this.#inflate.fold(from, from + size);
    return crc32(new Uint8Array(this.#memory.buffer, this.#inflate.foldedAt(), length), fromZeros);
  }
}

/** What the file says at its end; of several members it is the size of the last. */
function toldSize(packed: Uint8Array): number {
  return new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0, true);
}

/** Where the deflate stream of the member begins that begins here. */
function beginOfMember(packed: Uint8Array, at: number): number | undefined {
  const flags = packed[at + 3] ?? 0;
  const isPlain =
    packed[at] === 0x1f && packed[at + 1] === 0x8b && packed[at + 2] === deflate && (flags & reserved) === 0;
  if (!isPlain) return undefined;
  let begin = at + 10;
  if ((flags & hasExtra) !== 0) begin += 2 + (packed[begin] ?? 0) + 256 * (packed[begin + 1] ?? 0);
  for (const text of [hasName, hasComment]) {
    if ((flags & text) !== 0) begin = packed.indexOf(0, begin) + 1 || packed.length;
  }
  // Nobody writes it, so the usual road checks it.
  return (flags & hasHeaderCrc) !== 0 || begin >= packed.length ? undefined : begin;
}

/** Its header and what it ends with; between them are two bytes at least. */
const leastMember = 20;
const deflate = 8;
const [hasHeaderCrc, hasExtra, hasName, hasComment, reserved] = [2, 4, 8, 16, 0xe0];
const isInflated = 0;
/** Node's sum goes on from the one before it, which is told inverted. */
const fromZeros = 0xffffffff;
/** Shorter members are summed as they are. */
const foldedBytes = 16 * 1024;
/** Behind the module's own memory. */
const inAt = 65_536;
/** It looks at so many bytes behind the input, and writes so many behind the output. */
const behind = 1_024;

/** The module exports exactly these. */
interface Exports {
  inflate(from: number, to: number, into: number, most: number): number;
  inputEnd(): number;
  outputEnd(): number;
  fold(from: number, to: number): number;
  foldedAt(): number;
}
