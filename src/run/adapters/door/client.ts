import { request } from 'node:http';
import { type Complaint, UserError, WorldError } from '../../errors.ts';
import { answerMsMax, doorMajor } from './limits.ts';
import { doorPath } from './place.ts';

/** Asks the range on this port. What goes wrong there is thrown here as if it had gone wrong here. */
export async function ask(
  port: number,
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const path = doorPath(port, env);
  const there = await exchange(path, port, 'version', {});
  if (there['major'] !== doorMajor) throw otherVersion(port, String(there['version']));
  const body = await exchange(path, port, name, input);
  const error = body['error'] as (Complaint & { kind: string }) | undefined;
  if (!error) return body['answer'];
  if (error.kind === 'user') throw new UserError(error);
  if (error.kind === 'world') throw new WorldError(error);
  throw new Error(`the range failed: ${String(error.message)}`);
}

async function exchange(path: string, port: number, name: string, input: object): Promise<Record<string, unknown>> {
  const text = await new Promise<string>((done, failed) => {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath: path, path: `/${name}`, method: 'POST', headers, timeout: answerMsMax });
    call.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(Buffer.concat(parts).toString()));
      response.on('error', failed);
    });
    call.on('timeout', () => call.destroy(new Error(`no answer within ${answerMsMax / 1000} s`)));
    call.on('error', (error) => failed(noRange(port, error.message)));
    call.end(JSON.stringify(input));
  });
  return JSON.parse(text);
}

function noRange(port: number, why: string): WorldError {
  return new WorldError({
    code: 'NO_RANGE',
    message: {
      en: `there is no range on port ${port} (${why})`,
      ja: `ポート ${port} で動いているレンジがありません (${why})`,
    },
    expected: { en: 'a range started by this user', ja: 'このユーザーが起動したレンジ' },
    hint: `yagura start --port ${port}`,
  });
}

function otherVersion(port: number, version: string): WorldError {
  return new WorldError({
    code: 'RANGE_OTHER_VERSION',
    message: {
      en: `the range on port ${port} is Yagura ${version}`,
      ja: `ポート ${port} のレンジは Yagura ${version} です`,
    },
    expected: {
      en: `one that speaks version ${doorMajor} of the control door`,
      ja: `制御用ソケットのバージョン ${doorMajor} に対応したレンジ`,
    },
    hint: { en: 'end it, then yagura start', ja: 'そのレンジを終了してから yagura start' },
  });
}
