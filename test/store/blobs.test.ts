import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/range/store/port.ts';
import { fileBlobs, memoryBlobs } from '../../src/run/adapters/store/blobs.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-blobs-'));
});
afterAll(() => rm(folder, { recursive: true }));

const stores: Readonly<Record<string, () => Promise<Blobs>>> = {
  'in memory': async () => memoryBlobs(),
  'in files': () => fileBlobs({ folder: join(folder, 'plain'), boot: 0 }),
  'in files, on the disk': () => fileBlobs({ folder: join(folder, 'sync'), boot: 0, sync: true }),
};

describe.each(Object.entries(stores))('blobs %s', (_name, open) => {
  it('gives a body back, its size and its hash', async () => {
    const blobs = await open();
    const chunks = [Buffer.from('one '), Buffer.alloc(200_000, 'x'), Buffer.from(' end')];
    const whole = Buffer.concat(chunks);
    const written = await blobs.write(of(...chunks));
    expect(written).toMatchObject({ size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
    expect((await read(blobs, written.file)).equals(whole)).toBe(true);
    await blobs.drop(written.file);
    await expect(read(blobs, written.file)).rejects.toThrow();
  });

  it('keeps nothing of a body that ends with an error', async () => {
    const blobs = await open();
    const broken = async function* () {
      yield Buffer.from('half');
      throw new Error('connection lost');
    };
    await expect(blobs.write(broken())).rejects.toThrow('connection lost');
    expect(await blobs.sweep([])).toBe(0);
  });

  it('sweeps what no row names', async () => {
    const blobs = await open();
    const { file } = await blobs.write(of(Buffer.from('kept')));
    await blobs.write(of(Buffer.from('orphan')));
    expect(await blobs.sweep([file])).toBe(1);
    expect((await read(blobs, file)).toString()).toBe('kept');
  });
});

it('sweeps the part of a body that a kill left, and refuses names that lead elsewhere', async () => {
  const blobs = await fileBlobs({ folder: join(folder, 'left'), boot: 0 });
  await writeFile(join(folder, 'left', `${'a'.repeat(32)}.part`), 'half');
  expect(await blobs.sweep([])).toBe(1);
  expect(await readdir(join(folder, 'left'))).toEqual([]);
  expect(() => blobs.read('../secret')).toThrow('no name of a blob');
});

async function* of(...chunks: Uint8Array[]) {
  yield* chunks;
}

async function read(blobs: Blobs, file: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of blobs.read(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
