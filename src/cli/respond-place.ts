import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Subject } from '../respond/subject.ts';
import { ask } from '../run/adapters/door/client.ts';
import { UserError, WorldError } from '../run/errors.ts';
import { credentialsIn, type Given } from '../run/respond/credentials.ts';
import { credentialsBytesMax } from '../run/respond/limits.ts';
import { type AwsPlace, placeOf } from '../run/respond/place.ts';
import type { Invocation } from './invocation.ts';
import { portOf } from './port.ts';
import type { Terminal } from './terminal.ts';

/** Where the answer goes and as whom: what was said, else the running range and its administrator. */
export async function respondPlace(invocation: Invocation, subject: Subject): Promise<AwsPlace> {
  const account = invocation.account('account');
  const file = invocation.text('credentials');
  const given =
    file === undefined ? undefined : credentialsIn(await readText(file, credentialsBytesMax, invocation), file);
  const said = invocation.text('endpoint') ?? given?.endpoint;
  const range = said === undefined && account === undefined ? await rangeOf(invocation) : undefined;
  return placeOf({ about: subject, account, endpoint: said ?? range?.endpoint, keys: given?.keys ?? range?.keys });
}

/** How far the clock of a range is ahead of this machine's; another endpoint's is not. */
export async function aheadOf({ endpoints, loopback }: AwsPlace, { env }: Terminal): Promise<number> {
  if (!loopback) return 0;
  const port = Number(new URL(endpoints.sts).port || 80);
  try {
    const { virtual } = (await ask(port, env, 'time')) as { readonly virtual: string };
    return Date.parse(virtual) - Date.now();
  } catch (error) {
    if (isNoRange(error)) return 0;
    throw error;
  }
}

/** A file, or standard input for `-`. */
export async function readText(file: string, bytesMax: number, { terminal }: Invocation): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of file === '-' ? terminal.stdin : createReadStream(resolve(terminal.cwd, file))) {
      // A stream without an encoding gives bytes.
      parts.push(Buffer.from(part as Uint8Array));
      size += parts.at(-1)?.length ?? 0;
      if (size > bytesMax) throw tooLong(file, bytesMax);
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new UserError({
      code: 'INPUT_UNREADABLE',
      message: { en: `${file} cannot be read: ${error.message}`, ja: `${file} を読めません: ${error.message}` },
      hint: 'yagura respond --help',
    });
  }
  return Buffer.concat(parts).toString();
}

interface RangeKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly endpoint: string;
}

async function rangeOf(invocation: Invocation): Promise<Given> {
  try {
    const answer = (await ask(portOf(invocation), invocation.terminal.env, 'credentials')) as RangeKeys;
    const { accessKeyId, secretAccessKey, endpoint } = answer;
    return { keys: { accessKeyId, secretAccessKey }, endpoint };
  } catch (error) {
    // Findings of a file may well be about a real account.
    if (isNoRange(error) && invocation.text('findings') !== undefined) throw nowhere(portOf(invocation));
    throw error;
  }
}

function isNoRange(error: unknown): boolean {
  return error instanceof WorldError && error.code === 'NO_RANGE';
}

function nowhere(port: number): UserError {
  return new UserError({
    code: 'RESPOND_NOWHERE',
    message: {
      en: `there is no range on port ${port}, and no account is named: there is nothing to look at`,
      ja: `ポート ${port} にレンジがなく、アカウントも指定されていないため、状態を確認できません`,
    },
    expected: {
      en: 'a running range, or --account and --credentials of the account that the finding is about',
      ja: '起動中のレンジ、または検出結果のアカウントを示す --account と --credentials',
    },
    hint: '--account 111122223333 --credentials keys.json',
  });
}

function tooLong(file: string, bytesMax: number): UserError {
  return new UserError({
    code: 'INPUT_TOO_LONG',
    message: {
      en: `${file} is longer than ${bytesMax} bytes`,
      ja: `${file} は ${bytesMax} バイトを超えています`,
    },
    hint: 'yagura respond --help',
  });
}
