import type { CommandContext, ExecResult } from 'just-bash';
import { resolve } from '../disk/view.ts';
import { type Fetched, fetchFrom } from '../net/http.ts';
import type { HttpAnswer } from '../ports.ts';
import { failed, type HostCommand, inputBytes, printed, printedBytes, readFlags, type Seat } from '../seat.ts';

interface Wanted {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
  flags: ReadonlyMap<string, string>;
}

const valued = [
  'X',
  'request',
  'H',
  'header',
  'd',
  'data',
  'data-binary',
  'data-raw',
  'o',
  'output',
  'm',
  'max-time',
  'connect-timeout',
  'A',
  'user-agent',
  'T',
  'upload-file',
  'w',
  'write-out',
  'retry',
  'u',
  'user',
  'e',
  'x',
  'retry-delay',
  'interface',
];

export const curl: HostCommand = {
  names: ['curl'],
  package: 'curl',
  async run(args, seat, context) {
    const wanted = readArguments(args, seat, context);
    const { flags } = wanted;
    if (wanted.url === '') return failed("curl: try 'curl --help' or 'curl --manual' for more information", 2);
    const limit = Number(flags.get('m') ?? flags.get('max-time') ?? flags.get('connect-timeout') ?? Number.NaN);
    const got = await fetchFrom(
      seat,
      {
        method: wanted.method,
        url: wanted.url,
        headers: wanted.headers,
        ...(wanted.body === undefined ? {} : { body: wanted.body }),
      },
      Number.isNaN(limit) ? undefined : limit * 1000,
    );
    if (got.kind === 'answer') return show(got.answer, wanted, seat, context);
    const quiet = (flags.has('s') || flags.has('silent')) && !flags.has('S') && !flags.has('show-error');
    const { code, text } = complaint(got);
    return quiet ? printed('', code) : failed(`curl: (${code}) ${text}`, code);
  },
};

function readArguments(args: readonly string[], seat: Seat, context: CommandContext): Wanted {
  const { flags, rest } = readFlags(args, valued);
  const headers: Record<string, string> = {
    'User-Agent': flags.get('A') ?? flags.get('user-agent') ?? 'curl/8.11.1',
    Accept: '*/*',
  };
  for (let i = 0; i < args.length; i++) {
    const text = args[i] === '-H' || args[i] === '--header' ? args[i + 1] : /^-H(.+)$/.exec(args[i] ?? '')?.[1];
    const parts = /^([^:]+):\s*(.*)$/.exec(text ?? '');
    if (parts !== null) headers[parts[1] ?? ''] = parts[2] ?? '';
  }
  const data = flags.get('d') ?? flags.get('data') ?? flags.get('data-binary') ?? flags.get('data-raw');
  const upload = flags.get('T') ?? flags.get('upload-file');
  const fromFile = (path: string) => seat.disk.read(resolve(context.cwd, path), seat.actor);
  const body =
    upload !== undefined
      ? fromFile(upload)
      : data === undefined
        ? undefined
        : data === '@-'
          ? Buffer.from(inputBytes(context), 'latin1')
          : data.startsWith('@')
            ? fromFile(data.slice(1))
            : Buffer.from(data);
  const head = flags.has('I') || flags.has('head');
  const method =
    flags.get('X') ??
    flags.get('request') ??
    (head ? 'HEAD' : upload !== undefined ? 'PUT' : body === undefined ? 'GET' : 'POST');
  return { method, url: rest[0] ?? '', headers, body, flags };
}

function show(answer: HttpAnswer, { flags, url, method }: Wanted, seat: Seat, context: CommandContext): ExecResult {
  const fails = (flags.has('f') || flags.has('fail')) && answer.status >= 400;
  if (fails) return failed(`curl: (22) The requested URL returned error: ${answer.status}`, 22);
  const named =
    flags.has('O') || flags.has('remote-name')
      ? (url.split('/').pop() ?? 'index.html')
      : (flags.get('o') ?? flags.get('output'));
  const head = method === 'HEAD' || flags.has('i') || flags.has('include') ? headText(answer) : '';
  const body = method === 'HEAD' ? '' : Buffer.from(answer.body).toString('latin1');
  const extra = (flags.get('w') ?? flags.get('write-out') ?? '')
    .replaceAll('%{http_code}', `${answer.status}`)
    .replaceAll('\\n', '\n');
  if (named === undefined || named === '-') return printedBytes(Buffer.from(`${head}${body}${extra}`, 'latin1'));
  if (named !== '/dev/null')
    seat.disk.write(resolve(context.cwd, named), Buffer.from(head + body, 'latin1'), seat.actor);
  return printed(extra);
}

function headText({ status, reason, headers }: HttpAnswer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason ?? ''}\r\n${lines.join('')}\r\n`;
}

function complaint(got: Exclude<Fetched, { kind: 'answer' }>): { code: number; text: string } {
  switch (got.kind) {
    case 'bad-url':
      return { code: 3, text: 'URL using bad/illegal format or missing URL' };
    case 'no-name':
      return { code: 6, text: `Could not resolve host: ${got.host}` };
    case 'refused':
      return {
        code: 7,
        text: `Failed to connect to ${got.host} port ${got.port} after 1 ms: Couldn't connect to server`,
      };
    case 'timeout':
      return {
        code: 28,
        text: `Failed to connect to ${got.host} port ${got.port} after 127000 ms: Connection timed out`,
      };
  }
}

export const wget: HostCommand = {
  names: ['wget'],
  package: 'wget',
  async run(args, seat, context) {
    const { flags, rest } = readFlags(args, ['O', 'output-document', 'P', 'T', 'timeout', 't', 'tries', 'header', 'U']);
    const url = rest[0] ?? '';
    const got = await fetchFrom(
      seat,
      { method: 'GET', url, headers: { 'User-Agent': 'Wget/1.21.3' } },
      Number(flags.get('T') ?? 127) * 1000,
    );
    if (got.kind !== 'answer') return flags.has('q') ? printed('', 4) : failed(`wget: ${complaint(got).text}`, 4);
    if (got.answer.status >= 400) return failed(`ERROR ${got.answer.status}: ${got.answer.reason ?? ''}.`, 8);
    const name = flags.get('O') ?? flags.get('output-document') ?? (url.split('/').pop() || 'index.html');
    if (name === '-') return printedBytes(got.answer.body);
    seat.disk.write(resolve(flags.get('P') ?? context.cwd, name), got.answer.body, seat.actor);
    return printed('');
  },
};
