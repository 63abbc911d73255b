import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '../../../range/store/port.ts';

/** Bodies that end with the process. */
export function memoryBlobs(): Blobs {
  const bodies = new Map<string, Buffer>();
  const newName = namesOf(0);
  return {
    async write(body) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      const file = newName();
      bodies.set(file, whole);
      return { file, size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
    },
    async *read(file) {
      const body = bodies.get(file);
      if (body === undefined) throw new Error(`there is no blob ${JSON.stringify(file)}`);
      yield body;
    },
    async drop(file) {
      bodies.delete(file);
    },
    async sweep(live) {
      const kept = new Set(live);
      const orphans = [...bodies.keys()].filter((file) => !kept.has(file));
      for (const file of orphans) bodies.delete(file);
      return orphans.length;
    },
  };
}

export interface FileBlobsOptions {
  readonly folder: string;
  /** How often the range was started before: no start gives a name that another one gave. */
  readonly boot: number;
  /** As the store's: the body is on the disk before its row can name it. */
  readonly sync?: boolean;
}

/**
 * One file a body. The order is what makes it safe: body written whole, renamed, then named by a commit;
 * a body that no row names is an orphan, swept at the next start.
 */
export async function fileBlobs({ folder, boot, sync = false }: FileBlobsOptions): Promise<Blobs> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const newName = namesOf(boot);
  return {
    async write(body) {
      const file = newName();
      const temporary = join(folder, `${file}.part`);
      try {
        const written = await writeWhole(temporary, body, sync);
        await rename(temporary, join(folder, file));
        if (sync) await syncFolder(folder);
        return { file, ...written };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    read: (file) => createReadStream(join(folder, checked(file))),
    drop: (file) => rm(join(folder, checked(file)), { force: true }),
    async sweep(live) {
      const files = await readdir(folder);
      // Who is alive takes a walk through all rows.
      const kept = files.length === 0 ? new Set<string>() : new Set(live);
      const orphans = files.filter((file) => !kept.has(file));
      for (const file of orphans) await rm(join(folder, file), { force: true });
      return orphans.length;
    },
  };
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, sync: boolean) {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A rename is durable when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** Counted, since rows hold them and the same seed must leave the same rows. */
function namesOf(boot: number): () => string {
  let count = 0;
  return () => boot.toString(16).padStart(8, '0') + (count++).toString(16).padStart(24, '0');
}

function checked(file: string): string {
  if (!/^[0-9a-f]{32}$/.test(file)) throw new Error(`${JSON.stringify(file)} is no name of a blob`);
  return file;
}
