import { createHash } from 'node:crypto';

/** The checksum algorithms of S3 that are checked here; CRC64NVME is stored as it comes. */
export const checksums = ['crc32', 'crc32c', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof checksums)[number];

export interface Checksum {
  update(bytes: Uint8Array): void;
  base64(): string;
}

export function createChecksum(name: ChecksumName): Checksum {
  if (name === 'crc32' || name === 'crc32c') return crc(tables[name]);
  const hash = createHash(name);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    base64: () => hash.digest('base64'),
  };
}

const tables = { crc32: tableOf(0xedb88320), crc32c: tableOf(0x82f63b78) };

function tableOf(polynomial: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let at = 0; at < 256; at++) {
    let value = at;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[at] = value;
  }
  return table;
}

function crc(table: Uint32Array): Checksum {
  let value = 0xffffffff;
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at++) value = table[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8);
    },
    base64() {
      const out = Buffer.alloc(4);
      out.writeUInt32BE((value ^ 0xffffffff) >>> 0);
      return out.toString('base64');
    },
  };
}
