import type { HostInside } from '../host.ts';
import { failed, type HostCommand, printed, type Seat } from '../seat.ts';
import { accountOfUid } from '../users/accounts.ts';

interface Line {
  readonly state: 'LISTEN' | 'ESTAB';
  readonly local: string;
  readonly peer: string;
  readonly program: string;
  readonly pid: number;
  readonly uid: number;
}

/** TCP sockets: what services listen at, and the connections that are open. UDP is not modelled. */
export const ss: HostCommand = {
  names: ['ss', 'netstat', 'lsof'],
  run(args, seat, _context, name) {
    const letters = args.filter((arg) => /^-[a-z]/i.test(arg)).join('');
    if (name === 'netstat' && letters.includes('r')) return failed('netstat: use route to see the routes of this host');
    const listening = letters.includes('l');
    const all = letters.includes('a') || name === 'lsof';
    const lines = linesOf(seat.host).filter(({ state }) => all || (state === 'LISTEN') === listening);
    const port = /[: ](\d+)\)?$/.exec(args.join(' '))?.[1];
    const shown =
      port === undefined ? lines : lines.filter((one) => [one.local, one.peer].some((end) => end.endsWith(`:${port}`)));
    // Whose process it is, is told to its owner and to root.
    const mine = (line: Line) => (seat.actor.uid === 0 || seat.actor.uid === line.uid ? line : undefined);
    if (name === 'netstat') return printed(netstat(shown, letters.includes('p'), mine));
    if (name === 'lsof') return printed(lsof(shown, seat), shown.length > 0 ? 0 : 1);
    return printed(table(shown, letters.includes('p'), mine));
  },
};

function linesOf(host: HostInside): Line[] {
  const listening = host.units.all().flatMap(([unit, { ports, pid }]) =>
    ports.map((port): Line => {
      const program = unit === 'sshd' ? 'sshd' : unit;
      return { state: 'LISTEN', local: `0.0.0.0:${port}`, peer: '0.0.0.0:*', program, pid, uid: 0 };
    }),
  );
  const open = [...host.sockets].map(
    ({ local, peer, program, pid, uid }): Line => ({
      state: 'ESTAB',
      local: `${local.address}:${local.port}`,
      peer: `${peer.address}:${peer.port}`,
      program,
      pid,
      uid,
    }),
  );
  return [...listening, ...open];
}

function table(lines: readonly Line[], processes: boolean, mine: (line: Line) => Line | undefined): string {
  const row = (state: string, queues: readonly [string, string], local: string, peer: string, users: string) =>
    `${state.padEnd(7)}${queues[0].padEnd(7)}${queues[1].padEnd(7)}${local.padStart(22)} ${peer.padStart(22)} ${users}`.trimEnd();
  const rows = lines.map((line) => {
    const of = processes ? mine(line) : undefined;
    const users = of === undefined ? '' : `users:(("${of.program}",pid=${of.pid},fd=${of.state === 'LISTEN' ? 3 : 4}))`;
    return row(line.state, ['0', line.state === 'LISTEN' ? '128' : '0'], line.local, line.peer, users);
  });
  const head = row('State', ['Recv-Q', 'Send-Q'], 'Local Address:Port', 'Peer Address:Port', 'Process');
  return `${[head, ...rows].join('\n')}\n`;
}

function netstat(lines: readonly Line[], processes: boolean, mine: (line: Line) => Line | undefined): string {
  const all = lines.every(({ state }) => state === 'LISTEN') ? 'only servers' : 'servers and established';
  const head = `Active Internet connections (${lines.some(({ state }) => state === 'LISTEN') ? all : 'w/o servers'})\n`;
  const row = (cells: readonly string[]) =>
    `${cells[0]!.padEnd(6)}${cells[1]!.padStart(6)} ${cells[2]!.padStart(6)} ${cells[3]!.padEnd(23)} ${cells[4]!.padEnd(23)} ${cells[5]!.padEnd(11)} ${cells[6] ?? ''}`.trimEnd();
  const titles = [
    'Proto',
    'Recv-Q',
    'Send-Q',
    'Local Address',
    'Foreign Address',
    'State',
    processes ? 'PID/Program name' : '',
  ];
  const rows = lines.map((line) => {
    const of = mine(line);
    const state = line.state === 'ESTAB' ? 'ESTABLISHED' : line.state;
    const program = processes ? (of === undefined ? '-' : `${of.pid}/${of.program}`) : '';
    return row(['tcp', '0', '0', line.local, line.peer, state, program]);
  });
  return `${head}${[row(titles), ...rows].join('\n')}\n`;
}

function lsof(lines: readonly Line[], { disk, actor }: Seat): string {
  const shown = lines.filter(({ uid }) => actor.uid === 0 || uid === actor.uid);
  const rows = shown.map(({ program, pid, uid, local, peer, state }) => {
    const user = accountOfUid(disk, uid)?.name ?? `${uid}`;
    const name = state === 'LISTEN' ? `*:${local.split(':')[1]} (LISTEN)` : `${local}->${peer} (ESTABLISHED)`;
    return `${program.padEnd(9)} ${`${pid}`.padStart(5)} ${user.padStart(8)}    3u  IPv4      0t0  TCP ${name}`;
  });
  return rows.length === 0 ? '' : `COMMAND     PID     USER   FD  TYPE SIZE/OFF NODE NAME\n${rows.join('\n')}\n`;
}
