import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { accountsOf } from '../users/accounts.ts';
import { type LoginRecord, recordsOf } from '../users/login-records.ts';
import { formatTime } from './date.ts';

/** Sessions without a terminal, which all of ours are, leave no record in wtmp: boots are what is in it. */
export const last: HostCommand = {
  names: ['last', 'lastb'],
  run(args, seat, context, name) {
    const { flags, rest } = readFlags(
      args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),
      ['n', 'f', 'file', 'limit', 's', 'since', 't', 'until'],
    );
    const file = flags.get('f') ?? flags.get('file') ?? (name === 'last' ? '/var/log/wtmp' : '/var/log/btmp');
    const path = resolve(context.cwd, file);
    if (seat.disk.find(path, seat.actor) === undefined)
      return failed(`${name}: cannot open ${file}: No such file or directory`);
    const all = recordsOf(seat.disk.read(path, seat.actor));
    const limit = Number(flags.get('n') ?? flags.get('limit') ?? Number.POSITIVE_INFINITY);
    const rows = all
      .map((one, index) => rowOf(one, all[index + 1]))
      .toReversed()
      .filter((row) => row !== undefined && (rest.length === 0 || rest.some((word) => row.startsWith(word))))
      .slice(0, limit);
    const base = path.slice(path.lastIndexOf('/') + 1);
    const begins = all[0]?.time ?? seat.disk.find(path)?.mtime ?? 0;
    return printed(`${rows.join('')}\n${base} begins ${formatTime(begins, '%a %b %e %T %Y')}\n`);
  },
};

function rowOf({ kind, user, line, host, time }: LoginRecord, next: LoginRecord | undefined): string | undefined {
  if (kind === 'shutdown') return undefined;
  const place = kind === 'boot' ? 'system boot' : line;
  const began = formatTime(time, '%a %b %e %R');
  const row = `${user.slice(0, 8).padEnd(8)} ${place.slice(0, 12).padEnd(12)} ${host.slice(0, 16).padEnd(16)} ${began}`;
  if (kind === 'refused') return `${row} - ${formatTime(time, '%R')}  (00:00)\n`;
  if (next === undefined) return `${row}   still running\n`;
  const minutes = Math.floor((next.time - time) / 60_000);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const days = Math.floor(minutes / 1440);
  const span = `${days > 0 ? `${days}+` : ''}${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
  return `${row} - ${next.kind === 'shutdown' ? formatTime(next.time, '%R') : 'crash'} ${days > 0 ? '' : ' '}(${span})\n`;
}

export const lastlog: HostCommand = {
  names: ['lastlog'],
  run(_args, { disk }) {
    const rows = accountsOf(disk).map(({ name }) => `${name.padEnd(43)}**Never logged in**\n`);
    return printed(`Username         Port     From             Latest\n${rows.join('')}`);
  },
};

/** Who is at a terminal: nobody ever is. */
export const who: HostCommand = {
  names: ['who', 'w', 'users', 'uptime'],
  run(args, seat, _context, name) {
    if (name === 'users') return printed('\n');
    if (name === 'uptime' && args[0] === '-s') return printed(`${formatTime(seat.host.bootedAt, '%F %T')}\n`);
    if (name === 'who') {
      const boot = `         system boot  ${formatTime(seat.host.bootedAt, '%F %R')}\n`;
      return printed(args.some((arg) => /^-\w*[ab]/.test(arg)) ? boot : '');
    }
    const head = ` ${upLine(seat)}\n`;
    return printed(name === 'uptime' ? head : `${head}USER     TTY        LOGIN@   IDLE   JCPU   PCPU WHAT\n`);
  },
};

export function upLine({ host }: Seat): string {
  const now = host.ports.clock.now();
  const minutes = Math.floor((now - host.bootedAt) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const clock = hours > 0 ? `${`${hours}`.padStart(2)}:${`${rest}`.padStart(2, '0')}` : `${rest} min`;
  const up = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${clock}`;
  return `${formatTime(now, '%T')} up ${up},  0 users,  load average: 0.00, 0.00, 0.00`;
}
