import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../../src/run/adapters/door/client.ts';
import { doorPath } from '../../src/run/adapters/door/place.ts';
import { type Answers, openDoor } from '../../src/run/adapters/door/server.ts';
import { UserError } from '../../src/run/errors.ts';

const port = 4566;

async function withDoor(answers: Answers, body: (env: { XDG_RUNTIME_DIR: string }) => Promise<void>): Promise<void> {
  const env = { XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'yagura-door-')) };
  const door = await openDoor(doorPath(port, env), '0.1.0', answers);
  try {
    await body(env);
  } finally {
    await door.close();
  }
}

test('a question is answered', () =>
  withDoor({ mail: (input) => [input['to']] }, async (env) => {
    expect(await ask(port, env, 'mail', { to: 'a@example.com' })).toEqual(['a@example.com']);
  }));

test('a mistake of the user is told as if it had been made here', () =>
  withDoor(
    {
      why: () => {
        throw new UserError({
          code: 'REQUEST_UNKNOWN',
          message: { en: 'no such request', ja: 'ありません' },
          hint: 'yagura why <id>',
        });
      },
    },
    async (env) => {
      const said = { en: 'no such request', ja: 'ありません' };
      await expect(ask(port, env, 'why')).rejects.toMatchObject({
        name: 'UserError',
        code: 'REQUEST_UNKNOWN',
        said,
        hint: 'yagura why <id>',
      });
    },
  ));

test('an unknown question is refused by name, also one that every object has', () =>
  withDoor({}, async (env) => {
    for (const name of ['nothing', 'constructor'])
      await expect(ask(port, env, name)).rejects.toMatchObject({ code: 'DOOR_UNKNOWN' });
  }));

test('a bug there is a bug here', () =>
  withDoor({ mail: () => JSON.parse('{') }, async (env) => {
    await expect(ask(port, env, 'mail')).rejects.toThrow('the range failed');
  }));

test('without a range the answer names the line that starts one', async () => {
  const env = { XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'yagura-door-')) };
  await expect(ask(port, env, 'mail')).rejects.toMatchObject({ code: 'NO_RANGE', hint: 'yagura start --port 4566' });
});

test('another major is refused before anything is asked', async () => {
  const env = { XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'yagura-door-')) };
  const server = createServer((_, response) => response.end('{"version":"9.0.0","major":9}')).listen(
    doorPath(port, env),
  );
  await expect(ask(port, env, 'mail')).rejects.toMatchObject({ code: 'RANGE_OTHER_VERSION' });
  server.close();
});
