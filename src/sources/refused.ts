import type { Batch, Reader } from './batch.ts';
import { ListedBatch } from './listed-batch.ts';

/** Reads nothing of a file and says once why. */
export class Refused implements Reader {
  readonly #file: number;
  readonly #code: string;
  readonly #reason: string;
  #isSaid = false;

  constructor(file: number, code: string, reason: string) {
    this.#file = file;
    this.#code = code;
    this.#reason = reason;
  }

  read(): Batch {
    const batch = new ListedBatch();
    if (!this.#isSaid) batch.take({ place: { file: this.#file, offset: 0 }, code: this.#code, reason: this.#reason });
    this.#isSaid = true;
    return batch;
  }
}

/** What a file is that has to be unpacked or converted first, with the command; undefined for anything else. */
export function packedAs(bytes: Uint8Array): string | undefined {
  const found = formats.find(({ magic, at }) => magic.every((byte, index) => bytes[(at ?? 0) + index] === byte));
  if (found === undefined) return undefined;
  const todo = found.with === undefined ? 'convert it first' : `unpack it first: ${found.with}`;
  return `this is ${found.name}; expected text, JSON or Parquet, as it is or in gzip or zstd: ${todo}`;
}

interface Format {
  readonly name: string;
  readonly with?: string;
  readonly magic: readonly number[];
  readonly at?: number;
}

const formats: readonly Format[] = [
  { name: 'a ZIP archive', with: 'unzip FILE', magic: [...Buffer.from('PK\u0003\u0004')] },
  { name: 'a tar archive', with: 'tar -xf FILE', magic: [...Buffer.from('ustar')], at: 257 },
  { name: 'packed by gzip twice', with: 'zcat FILE > FILE.once.gz', magic: [0x1f, 0x8b] },
  { name: 'packed by xz', with: 'xz -d FILE', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'packed by bzip2', with: 'bzip2 -d FILE', magic: [...Buffer.from('BZh')] },
  { name: 'packed by lz4', with: 'lz4 -d FILE', magic: [0x04, 0x22, 0x4d, 0x18] },
  { name: 'packed by Snappy', with: 'snzip -d FILE', magic: [0xff, 0x06, 0x00, 0x00, ...Buffer.from('sNaPpY')] },
  { name: 'an ORC file', magic: [...Buffer.from('ORC')] },
  { name: 'an Avro file', magic: [...Buffer.from('Obj\u0001')] },
];
