import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The checksum algorithms of S3 that are checked here; CRC64NVME is stored as it comes. */
export const checksums = ['crc32', 'crc32c', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof checksums)[number];

export interface Checksum {
  update(bytes: Uint8Array): void;
  base64(): string;
}

export function createChecksum(name: ChecksumName): Checksum {
  if (name === 'crc32') return crc((bytes, value) => crc32(bytes, value));
  if (name === 'crc32c') return crc(castagnoli);
  const hash = createHash(name);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    base64: () => hash.digest('base64'),
  };
}

const table = tableOf(0x82f63b78);

/** CRC-32C, which node has not. */
function castagnoli(bytes: Uint8Array, before: number): number {
  let value = ~before;
  for (let at = 0; at < bytes.length; at++) value = table[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}

function tableOf(polynomial: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let at = 0; at < 256; at++) {
    let value = at;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[at] = value;
  }
  return table;
}

function crc(next: (bytes: Uint8Array, before: number) => number): Checksum {
  let value = 0;
  return {
    update(bytes) {
      value = next(bytes, value);
    },
    base64() {
      const out = Buffer.alloc(4);
      out.writeUInt32BE(value);
      return out.toString('base64');
    },
  };
}
