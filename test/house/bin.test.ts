import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, version } from '../../src/root.ts';
import { checkoutWith } from './checkout.ts';

function yagura(checkout: string, ...args: string[]) {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'], LANG: 'C' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'bin/yagura.mjs'), ...args], options);
  return { status, stdout, stderr };
}

function buildsOf(checkout: string): readonly string[] {
  return readdirSync(join(checkout, '.build')).filter((name) => name !== 'current');
}

test('the version', () => {
  expect(yagura(root, '--version')).toEqual({ status: 0, stdout: `${version()}\n`, stderr: '' });
});

test('a command that is not there ends with 2 and says what is near', () => {
  const { status, stdout, stderr } = yagura(root, 'docter');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('yagura help doctor');
});

const crashes: Record<string, string> = {
  'that is thrown': "export async function main() { throw new Error('broken'); }",
  'that is thrown later':
    "export async function main() { setImmediate(() => { throw new Error('broken'); }); return 0; }",
  'of a promise that nobody awaits':
    "export async function main() { void Promise.reject(new Error('broken')); return 0; }",
};

for (const [name, main] of Object.entries(crashes)) {
  test(`a bug ${name} ends with 70, never with 1`, () => {
    const { status, stderr } = yagura(checkoutWith(main));
    expect(status).toBe(70);
    expect(stderr).toContain('error BUG: Error: broken');
  });
}

test('a reader that has seen enough is no error', async () => {
  const checkout = checkoutWith(
    "export async function main() { for (let i = 0; i < 100_000; i++) process.stdout.write('line\\n'); return 0; }",
  );
  const child = spawn(process.execPath, [join(checkout, 'bin/yagura.mjs')]);
  const errors: string[] = [];
  child.stderr.on('data', (part) => errors.push(String(part)));
  child.stdout.once('data', () => child.stdout.destroy());
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(errors.filter((text) => !text.startsWith('yagura: building'))).toEqual([]);
});

test('changed sources are built again, unchanged ones are not', () => {
  const checkout = checkoutWith("export async function main() { console.log('one'); return 0; }");
  expect(yagura(checkout).stdout).toBe('one\n');
  expect(yagura(checkout).stdout).toBe('one\n');
  expect(buildsOf(checkout)).toHaveLength(1);
  writeFileSync(join(checkout, 'src/cli/main.ts'), "export async function main() { console.log('three'); return 0; }");
  expect(yagura(checkout).stdout).toBe('three\n');
  expect(buildsOf(checkout)).toHaveLength(2);
});

test('a build that fails says where, ends with 3, and no older build runs in its place', () => {
  const checkout = checkoutWith("export async function main() { console.log('old'); return 0; }");
  yagura(checkout);
  writeFileSync(join(checkout, 'src/cli/main.ts'), 'export async function main( {');
  const { status, stdout, stderr } = yagura(checkout);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/src\/cli\/main\.ts:1:\d+/);
  expect(stderr).toContain('error BUILD_FAILED');
});

test('a checkout that is not built and cannot be written ends with 3', () => {
  const checkout = checkoutWith('export async function main() { return 0; }');
  writeFileSync(join(checkout, '.build'), 'a file where the folder should be');
  const { status, stderr } = yagura(checkout);
  expect(status).toBe(3);
  expect(stderr).toContain('error NOT_BUILT');
});

test('a folder of another build that goes away meanwhile is no error', () => {
  const checkout = checkoutWith("export async function main() { console.log('one'); return 0; }");
  mkdirSync(join(checkout, '.build'));
  // Listed, and not there when it is looked at.
  symlinkSync(join(checkout, 'gone'), join(checkout, '.build/tmp-gone'));
  expect(yagura(checkout)).toMatchObject({ status: 0, stdout: 'one\n' });
});

test('two at once both run, and leave one build', async () => {
  const checkout = checkoutWith("export async function main() { console.log('ran'); return 0; }");
  const children = [1, 2, 3].map(() =>
    spawn(process.execPath, [join(checkout, 'bin/yagura.mjs')], { stdio: 'ignore' }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect(buildsOf(checkout)).toHaveLength(1);
  expect(existsSync(join(checkout, '.build', buildsOf(checkout)[0] ?? '', '.done'))).toBe(true);
});
