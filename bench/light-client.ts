import { connect, type Socket } from 'node:net';
import { amzDate, type BenchKeys, type Plain, signedHeaders } from './sign.ts';

const connections = 16;

/** One request as it goes over the wire, signed now. */
export function requestBytes(plain: Plain, keys?: BenchKeys): Buffer {
  const headers =
    keys === undefined
      ? { host: plain.host, 'content-length': String(plain.body.length) }
      : signedHeaders(plain, keys, amzDate(Date.now()));
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${plain.method} ${plain.path} HTTP/1.1\r\n${lines.join('')}\r\n`), plain.body]);
}

/** Sends `count` requests over keep-alive connections, each waiting for its answer. Anything but 200 ends the bench. */
export async function sendMany(port: number, requests: readonly Buffer[], count: number): Promise<void> {
  let next = 0;
  const one = async () => {
    const line = await openLine(port);
    for (let at = next++; at < count; at = next++) await line.ask(requests[at % requests.length]!);
    line.end();
  };
  await Promise.all(Array.from({ length: connections }, one));
}

export async function sendOne(port: number, request: Buffer): Promise<string> {
  const line = await openLine(port);
  try {
    return await line.ask(request);
  } finally {
    line.end();
  }
}

interface Line {
  /** The whole answer, head and body, as text. */
  ask(request: Buffer): Promise<string>;
  end(): void;
}

function openLine(port: number): Promise<Line> {
  return new Promise((opened, refused) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.once('error', refused);
    socket.once('connect', () => opened(lineOver(socket)));
  });
}

function lineOver(socket: Socket): Line {
  let text = '';
  let waiting: { readonly answered: (text: string) => void; readonly failed: (error: Error) => void } | undefined;
  const fail = (error: Error) => waiting?.failed(error);
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!isWhole(text)) return;
    const answer = text;
    text = '';
    if (answer.startsWith('HTTP/1.1 200')) waiting?.answered(answer);
    else fail(new Error(`the bench expected 200 and got ${answer.slice(0, 1_000)}`));
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return {
    ask: (request) =>
      new Promise((answered, failed) => {
        waiting = { answered, failed };
        socket.write(request);
      }),
    end() {
      waiting = undefined;
      socket.destroy();
    },
  };
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length);
}
