import { crc32, deflateRawSync } from 'node:zlib';

/** A zip file with one member. Its bytes depend on nothing but name and content: no times, no owner. */
export function zipOf(name, content) {
  const packed = deflateRawSync(content, { level: 9 });
  const path = Buffer.from(name);
  const local = Buffer.concat([header(0x04034b50, [20]), facts(content, packed, path), path, packed]);
  const central = Buffer.concat([header(0x02014b50, [(3 << 8) | 20, 20]), facts(content, packed, path), tail(), path]);
  return Buffer.concat([local, central, end(central.length, local.length)]);
}

function header(signature, versions) {
  const bytes = Buffer.alloc(4 + 2 * versions.length);
  bytes.writeUInt32LE(signature);
  for (const [index, version] of versions.entries()) bytes.writeUInt16LE(version, 4 + 2 * index);
  return bytes;
}

/** What the local and the central header have in common: UTF-8 name, deflate, 1980-01-01, sum and sizes. */
function facts(content, packed, path) {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(0x0800, 0);
  bytes.writeUInt16LE(8, 2);
  bytes.writeUInt16LE(0x0021, 6);
  bytes.writeUInt32LE(crc32(content), 8);
  bytes.writeUInt32LE(packed.length, 12);
  bytes.writeUInt32LE(content.length, 16);
  bytes.writeUInt16LE(path.length, 20);
  return bytes;
}

/** No comment, first disk, a regular file of mode 0644 (Lambda refuses what it cannot read), at offset 0. */
function tail() {
  const bytes = Buffer.alloc(14);
  bytes.writeUInt32LE(0o100644 * 0x10000, 6);
  return bytes;
}

function end(centralLength, centralOffset) {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(1, 8);
  bytes.writeUInt16LE(1, 10);
  bytes.writeUInt32LE(centralLength, 12);
  bytes.writeUInt32LE(centralOffset, 16);
  return bytes;
}
