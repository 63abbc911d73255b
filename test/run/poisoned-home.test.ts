import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootPath } from '../../src/root.ts';

/** A trap for whoever follows the profile or the environment instead of what the drill was told. */
async function trap() {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, visits: () => visits, close: () => server.close() };
}

test('a drill consults no profile, no credentials file and no AWS variable of its caller', async () => {
  const home = mkdtempSync(join(tmpdir(), 'yagura-home-'));
  const { url, visits, close } = await trap();
  mkdirSync(join(home, '.aws'));
  const poison = `region = eu-west-3\nendpoint_url = ${url}\naws_access_key_id = AKIAPOISONPOISONPOIS\naws_secret_access_key = poison\n`;
  writeFileSync(join(home, '.aws', 'config'), `[default]\n${poison}`);
  writeFileSync(join(home, '.aws', 'credentials'), `[default]\n${poison}`);
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    TMPDIR: home,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: 'AKIAPOISONPOISONPOIS',
    AWS_SECRET_ACCESS_KEY: 'poison',
    AWS_SESSION_TOKEN: 'poison',
    AWS_REGION: 'eu-west-3',
    AWS_PROFILE: 'default',
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
  };
  try {
    const child = spawn(process.execPath, [rootPath('bin', 'yagura.mjs'), 'drill', 'run', 'stolen-keys', '--json'], {
      env,
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, held: JSON.parse(out).held, visits: visits() }).toEqual({ code: 0, held: true, visits: 0 });
  } finally {
    close();
    rmSync(home, { recursive: true, force: true });
  }
});
