import type { Batch, Reader } from './batch.ts';

/** How a text in UTF-16 orders its bytes, as its mark tells or its first letter; undefined for any other. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (isLetter(first) && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && isLetter(second))) return 'utf-16be';
  return undefined;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}

/** Gives a text in UTF-16, as older PowerShells write what a command prints, to who reads UTF-8. Offsets count the latter. */
export class Utf16Reader implements Reader {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  readonly #reader: Reader;

  constructor(order: 'utf-16le' | 'utf-16be', reader: Reader) {
    this.#decoder = new TextDecoder(order);
    this.#reader = reader;
  }

  read(piece: Uint8Array, last: boolean): Batch {
    return this.#reader.read(Buffer.from(this.#decoder.decode(piece, { stream: !last })), last);
  }
}
