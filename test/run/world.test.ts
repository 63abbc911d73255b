import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorKey } from '../../src/range/bootstrap.ts';
import { accounts } from '../../src/range/indexes.ts';
import { rootPath } from '../../src/root.ts';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { type Running, yagura } from '../support/command.ts';
import { freePort } from '../support/port.ts';

// What the world refuses: exit 3, what is wrong, what was expected, what to do.
const home = mkdtempSync(join(tmpdir(), 'yagura-world-'));
const env = { HOME: home, TMPDIR: home, XDG_RUNTIME_DIR: home, LANG: 'en_US.UTF-8' };
const taken = createServer();
let port = '';
let holder: Running;

beforeAll(async () => {
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = String(portOf(taken));
  writeFileSync(join(home, 'file'), '');
  holder = yagura(['start', '--data', join(home, 'held'), '--port', `${await freePort()}`], env);
  await holder.lines(1);
});
afterAll(async () => {
  taken.close();
  holder.kill('SIGTERM');
  await holder.ended;
  rmSync(home, { recursive: true, force: true });
});

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('ends with 3 and says what to do', () => {
  it.each([
    ['a port that is taken', () => ['start', '--memory', '--port', port], 'RANGE_PORT_TAKEN', '--port'],
    ['a port that is taken, before the story begins', () => ['demo', '--port', port], 'RANGE_PORT_TAKEN', '--port'],
    ['a folder that is locked', () => ['start', '--data', join(home, 'held')], 'FOLDER_LOCKED', '--data'],
    [
      'a folder that cannot be',
      () => ['start', '--data', join(home, 'file', 'below')],
      'FOLDER_NOT_WRITABLE',
      '--data',
    ],
    ['no range there', () => ['mail', '--port', port], 'NO_RANGE', 'yagura start'],
  ])('%s', async (_, args, code, hint) => {
    const ended = await yagura(args(), env).ended;
    expect(ended.err).toMatch(new RegExp(`^error ${code}: .+\\n {2}expected .+\\n {2}try: .*${hint}`));
    expect(ended.code).toBe(3);
  });

  it('a temporary folder that cannot be', async () => {
    const ended = await yagura(['drill', 'run', 'stolen-keys'], { ...env, TMPDIR: join(home, 'file') }).ended;
    expect(ended.err).toMatch(/^error FOLDER_NOT_WRITABLE: .+\n {2}expected .+\n {2}try: .*TMPDIR/);
    expect(ended.code).toBe(3);
  });
});

/** `yagura` whose files may only get so large: a disk that is full, without a disk. */
function withSmallFiles(kibibytes: number, args: readonly string[]) {
  const script = `ulimit -f ${kibibytes}; exec "$@"`;
  const command = [process.execPath, rootPath('bin', 'yagura.mjs'), ...args];
  const child = spawn('bash', ['-c', script, 'bash', ...command], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString();
  });
  return { child, started: once(child.stdout, 'data'), ended: once(child, 'close').then(([code]) => ({ code, err })) };
}

describe('a disk that takes no more', () => {
  it('ends the range, and what was answered is there', async () => {
    const folder = join(home, 'full');
    // Makes the account, whose key the client needs.
    const first = yagura(['start', '--data', folder, '--port', `${await freePort()}`], env);
    await first.lines(1);
    first.kill('SIGTERM');
    await first.ended;
    const credentials = keysIn(folder);
    const at = `${await freePort()}`;
    const range = withSmallFiles(1_500, ['start', '--data', folder, '--port', at]);
    await range.started;
    const ssm = new SSMClient({ region: 'us-west-2', endpoint: `http://127.0.0.1:${at}`, credentials, maxAttempts: 1 });
    let answered = 0;
    const Value = 'x'.repeat(4_000);
    const put = () => ssm.send(new PutParameterCommand({ Name: `/p/${answered}`, Value, Type: 'String' }));
    for (let going = true; going; ) {
      going = await put().then(
        () => ++answered > 0,
        () => false,
      );
    }
    const { code, err } = await range.ended;
    expect(err).toMatch(/^error STORE_COMMIT_FAILED: .+\n {2}expected .+\n {2}try: free space/m);
    expect(code).toBe(3);
    expect(answered).toBeGreaterThan(50);
    expect(parametersIn(folder)).toBeGreaterThanOrEqual(answered);
  });

  it('ends a drill, whose folder goes', async () => {
    const { code, err } = await withSmallFiles(600, ['drill', 'run', 'stolen-keys', '--json']).ended;
    expect(err).toMatch(/^error STORE_COMMIT_FAILED: /m);
    expect(code).toBe(3);
  });
});

function keysIn(folder: string) {
  const store = openLmdbStore({ folder });
  const [account] = [...accounts.list(store)][0] ?? [''];
  const key = administratorKey(store, account);
  void store.close();
  return { accessKeyId: key?.accessKeyId ?? '', secretAccessKey: key?.secretAccessKey ?? '' };
}

function parametersIn(folder: string): number {
  const store = openLmdbStore({ folder });
  const [account] = [...accounts.list(store)][0] ?? [''];
  const found = [...store.range('state', { prefix: `${account}/us-west-2/ssm/parameter/` })].length;
  void store.close();
  return found;
}
