import type { HostInside } from '../host.ts';
import { type Process, processesOf } from '../processes.ts';
import { failed, type HostCommand, printed, type Seat } from '../seat.ts';
import { accountNamed, accountOfUid } from '../users/accounts.ts';
import { formatTime } from './date.ts';

export const ps: HostCommand = {
  names: ['ps'],
  run(args, seat) {
    const { host, actor } = seat;
    const all = processesOf(host);
    const words = args.join(' ');
    const only = chosen(args, seat, all);
    if ('stderr' in only) return only;
    const columns = columnsOf(args);
    const every = columns !== undefined ? /-?\b(?:e|A|a?ux?|ax)/.test(words) : /^-?\w*[eAx]/.test(args[0] ?? '');
    const shown = only.pids === undefined && !every ? all.filter(({ uid }) => uid === actor.uid) : all;
    const rows = shown.filter(({ pid }) => only.pids === undefined || only.pids.includes(pid));
    const forest = /--forest|\bf\b|\bauxf|\baxf|-\w*H/.test(words);
    const ordered = forest ? nested(rows) : rows.map((row) => ({ ...row, indent: '' }));
    const names = columns?.split(',') ?? namesOf(args);
    if (names.some((name) => !(name.split('=')[0]! in fields)))
      return failed(`error: unknown user-defined format specifier "${names.find((name) => !(name in fields))}"`);
    return printed(tabled(ordered, names, host, !/--no-head|\bh\b/.test(words)));
  },
};

/** `-o pid,comm`, `-eo pid,comm`, `-opid`, `--format pid`. */
function columnsOf(args: readonly string[]): string | undefined {
  for (const [at, arg] of args.entries()) {
    if (/^-?[aefxAu]*o$/.test(arg) || arg === '--format') return args[at + 1];
    const joined = /^(?:-o|--format=)(.+)$/.exec(arg)?.[1];
    if (joined !== undefined) return joined;
  }
  return undefined;
}

function chosen(args: readonly string[], { disk }: Seat, all: readonly Process[]) {
  const value = (flags: readonly string[]) => {
    const at = args.findIndex((arg) => flags.includes(arg));
    return at < 0 ? undefined : (args[at + 1] ?? '');
  };
  const user = value(['-u', '-U', '--user']);
  if (user !== undefined) {
    const uid = /^\d+$/.test(user) ? Number(user) : accountNamed(disk, user)?.uid;
    if (uid === undefined) return failed(`error: user name does not exist`);
    return { pids: all.filter((one) => one.uid === uid).map(({ pid }) => pid) };
  }
  const pids = value(['-p', 'p', '--pid']) ?? args.find((arg) => /^\d+(,\d+)*$/.test(arg));
  if (pids !== undefined) return { pids: pids.split(',').map(Number) };
  const name = value(['-C']);
  return { pids: name === undefined ? undefined : all.filter((one) => programOf(one) === name).map(({ pid }) => pid) };
}

type Row = Process & { readonly indent: string };

const fields: Readonly<
  Record<string, readonly [head: string, width: number, of: (row: Row, host: HostInside) => string]>
> = {
  user: ['USER', -8, ({ uid }, host) => accountOfUid(host.disk, uid)?.name ?? `${uid}`],
  uid: ['UID', 5, ({ uid }) => `${uid}`],
  UID: ['UID', -8, ({ uid }, host) => accountOfUid(host.disk, uid)?.name ?? `${uid}`],
  pid: ['PID', 7, ({ pid }) => `${pid}`],
  ppid: ['PPID', 7, ({ parent }) => `${parent}`],
  c: ['C', 2, () => '0'],
  pcpu: ['%CPU', 4, () => '0.0'],
  pmem: ['%MEM', 4, ({ size }) => ((size / memoryKb) * 100).toFixed(1)],
  vsz: ['VSZ', 6, ({ size }) => `${size * 3}`],
  rss: ['RSS', 5, ({ size }) => `${size}`],
  tty: ['TTY', -8, () => '?'],
  stat: ['STAT', -4, ({ pid }) => (pid === 1 ? 'Ss' : 'S')],
  start: ['START', -5, startOf],
  stime: ['STIME', 5, startOf],
  lstart: ['STARTED', 24, ({ startedAt }) => formatTime(startedAt, '%a %b %e %T %Y')],
  etime: ['ELAPSED', 11, ({ startedAt }, host) => elapsed(host.ports.clock.now() - startedAt)],
  time: ['TIME', 8, () => '00:00:00'],
  bsdtime: ['TIME', 6, () => '0:00'],
  comm: ['COMMAND', -15, (row) => row.indent + programOf(row)],
  args: ['COMMAND', 0, ({ indent, command }) => indent + command],
  cmd: ['CMD', 0, ({ indent, command }) => indent + command],
};
const synonyms = {
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  command: 'args',
  euser: 'user',
  ruser: 'user',
  tname: 'tty',
  s: 'stat',
  start_time: 'stime',
};
for (const [name, field] of Object.entries(synonyms)) Object.assign(fields, { [name]: fields[field] });

const memoryKb = 980_000;

function namesOf(args: readonly string[]): readonly string[] {
  const words = args.join(' ');
  if (/^-?[ax]*u[xafw]*|^a\w*u/.test(args[0] ?? '') && !words.startsWith('-u'))
    return ['user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args'];
  if (/-\w*f/.test(words)) return ['UID', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
  if (/^ax|^x/.test(args[0] ?? '')) return ['pid', 'tty', 'stat', 'bsdtime', 'args'];
  return ['pid', 'tty', 'time', 'comm'];
}

function tabled(rows: readonly Row[], names: readonly string[], host: HostInside, titled: boolean): string {
  const columns = names.map((name) => {
    const [plain = '', title] = name.split('=');
    const [head, width, of] = fields[plain]!;
    const cells = rows.map((row) => of(row, host));
    return {
      head: title ?? head,
      wide: Math.max(Math.abs(width), ...cells.map((cell) => cell.length)),
      left: width <= 0,
      cells,
    };
  });
  const line = (cellOf: (column: (typeof columns)[number]) => string) =>
    columns
      .map((column, index) => {
        const cell = cellOf(column);
        if (column.left) return index === columns.length - 1 ? cell : cell.padEnd(column.wide);
        return cell.padStart(column.wide);
      })
      .join(' ');
  const heads = !titled || names.every((name) => name.endsWith('=')) ? '' : `${line(({ head }) => head)}\n`;
  return heads + rows.map((_row, index) => `${line(({ cells }) => cells[index] ?? '')}\n`).join('');
}

/** Children below their parents. */
function nested(rows: readonly Process[]): Row[] {
  const there = new Set(rows.map(({ pid }) => pid));
  const below = (parent: number | undefined, depth: number): Row[] =>
    rows
      .filter((row) => (parent === undefined ? !there.has(row.parent) : row.parent === parent))
      .flatMap((row) => [
        { ...row, indent: depth < 2 ? '' : `${'    '.repeat(depth - 2)} \\_ ` },
        ...below(row.pid, depth + 1),
      ]);
  return below(undefined, 0);
}

export function programOf({ command }: Process): string {
  if (command.startsWith('[') || command.startsWith('sshd:') || command.startsWith('nginx:'))
    return /^\[?([\w-]+)/.exec(command)?.[1] ?? '';
  const first = command.split(/\s/)[0] ?? '';
  return first.slice(first.lastIndexOf('/') + 1).slice(0, 15);
}

function startOf({ startedAt }: Process, host: HostInside): string {
  const day = 86_400_000;
  const today = Math.floor(startedAt / day) === Math.floor(host.ports.clock.now() / day);
  return formatTime(startedAt, today ? '%R' : '%b%d');
}

function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${clock}`;
  return hours > 0 ? `${two(hours)}:${clock}` : clock;
}
