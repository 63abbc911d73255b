import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { UserError, WorldError } from '../../errors.ts';
import { bodyBytesMax, doorMajor } from './limits.ts';

/** Answers one question. What it throws as a UserError or WorldError is thrown again at the client. */
export type Answer = (input: Readonly<Record<string, unknown>>) => unknown;

/** By name: `credentials`, `mail`, `time/advance`. The door reads, and moves the clock; it cannot act as a principal. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Door {
  close(): Promise<void>;
}

/** The range has its TCP port by now, so a socket file that is still there is a dead process's. */
export async function openDoor(path: string, version: string, answers: Answers): Promise<Door> {
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((request, response) => void reply(request, response, version, answers));
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(path, done);
  });
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  version: string,
  answers: Answers,
): Promise<void> {
  const name = (request.url ?? '/').slice(1);
  if (name === 'version') return send(response, 200, { version, major: doorMajor });
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (!answer)
    return send(response, 404, {
      error: { kind: 'world', code: 'DOOR_UNKNOWN', message: `the range knows no "${name}"` },
    });
  try {
    send(response, 200, { answer: (await answer(await bodyOf(request))) ?? null });
  } catch (error) {
    send(response, 400, { error: complaintOf(error) });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > bodyBytesMax)
      throw new UserError({ code: 'DOOR_BODY_TOO_LONG', message: `more than ${bodyBytesMax} bytes` });
    parts.push(part);
  }
  const json: unknown = size === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
  // Whoever sends something else meets it as no input; each answer checks its own members.
  return typeof json === 'object' && json !== null ? { ...json } : {};
}

function complaintOf(error: unknown) {
  if (error instanceof UserError || error instanceof WorldError) {
    const { code, said: message, expected, hint } = error;
    return { kind: error instanceof UserError ? 'user' : 'world', code, message, expected, hint };
  }
  return { kind: 'bug', code: 'BUG', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
