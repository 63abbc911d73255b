import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { codeBytesMax, codeFilesMax } from './limits.ts';

/** Files and folders of a zip, inside `folder`. Links are left out: one would lead out of what the permissions allow. */
export async function unpack(zip: Buffer, folder: string): Promise<void> {
  const file = await opened(zip);
  let bytes = 0;
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    file.on('error', reject);
    file.on('end', resolve);
    file.on('entry', (entry: Entry) => {
      bytes += entry.uncompressedSize;
      if (bytes > codeBytesMax || ++count > codeFilesMax) {
        reject(new Error(`function code: expected at most ${codeBytesMax} bytes in ${codeFilesMax} files, unpacked`));
        return;
      }
      write(file, entry, folder).then(() => file.readEntry(), reject);
    });
    file.readEntry();
  });
}

function opened(zip: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Refuses names that lead out of the folder, and sizes that are not what the entry says.
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file)));
  });
}

const fileTypes = 0o170000;
const link = 0o120000;

async function write(file: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName);
  const mode = (entry.externalFileAttributes >>> 16) & 0xffff;
  if ((mode & fileTypes) === link) return;
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const body = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
  await pipeline(body, createWriteStream(path, { mode: 0o600 | (mode & 0o100) }));
}
