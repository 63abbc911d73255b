import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastingHome, passingHome, sweep } from '../../src/run/home.ts';
import { isHeld, lockFolder } from '../../src/run/lock.ts';

function world() {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-test-'));
  return { folder, env: { TMPDIR: folder } };
}

/** The number of a process that has just ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('a folder is locked by one process at a time, and free again afterwards', () => {
  const { folder } = world();
  const lock = lockFolder(folder);
  expect(isHeld(folder)).toBe(true);
  expect(() => lockFolder(folder)).toThrowError(expect.objectContaining({ code: 'FOLDER_LOCKED' }));
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

const deadLocks: Record<string, string> = {
  'of a dead process': JSON.stringify({ pid: deadPid(), ticks: '1' }),
  'of a process number that came again': JSON.stringify({ pid: process.pid, ticks: 'before' }),
  'cut by a full disk': '{"pid":',
  'of no form at all': '[]',
};

for (const [name, text] of Object.entries(deadLocks)) {
  test(`a lock ${name} is taken over`, () => {
    const { folder } = world();
    writeFileSync(join(folder, 'yagura.lock'), text);
    lockFolder(folder).release();
  });
}

test('the lasting folder is private and named by flag, else by YAGURA_HOME', () => {
  const { folder } = world();
  const home = lastingHome(undefined, { YAGURA_HOME: join(folder, 'a', 'b') });
  expect(home.folder).toBe(join(folder, 'a', 'b'));
  expect(statSync(home.folder).mode & 0o777).toBe(0o700);
  expect(lastingHome(join(folder, 'c'), { YAGURA_HOME: home.folder }).folder).toBe(join(folder, 'c'));
});

test('a folder that cannot be made is the world failing', () => {
  const { folder } = world();
  writeFileSync(join(folder, 'file'), '');
  expect(() => lastingHome(join(folder, 'file', 'x'), {})).toThrowError(
    expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }),
  );
});

test('what a killed run left is swept, what a living one uses is not', () => {
  const { env } = world();
  const living = passingHome(env);
  const dead = passingHome(env);
  writeFileSync(join(dead.folder, 'yagura.lock'), JSON.stringify({ pid: deadPid(), ticks: '1' }));
  sweep(env);
  expect([existsSync(living.folder), existsSync(dead.folder)]).toEqual([true, false]);
  living.end();
  expect(existsSync(living.folder)).toBe(false);
});

test.runIf(existsSync('/proc/self'))('a folder where none can be made is said to be so, at once', () => {
  expect(() => lastingHome('/proc/yagura/range', {})).toThrowError(
    expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }),
  );
});
