import { failed, type HostCommand, printed, type Seat } from '../seat.ts';

const numbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
  STOP: 19,
};

export const kill: HostCommand = {
  names: ['kill', 'pkill', 'killall'],
  run(args, seat, _context, name) {
    let signal = 15;
    const targets: string[] = [];
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? '';
      const named = arg === '-s' ? args[++i] : /^-([A-Z0-9]+)$/i.exec(arg)?.[1];
      if (arg === '-l') return printed(`${Object.keys(numbers).join(' ')}\n`);
      if (named === undefined || arg === '-f') {
        if (arg !== '-f' && arg !== '--') targets.push(arg);
        continue;
      }
      const number = signalNumber(named);
      if (number === undefined) return failed(`bash: kill: ${named}: invalid signal specification`);
      signal = number;
    }
    return name === 'kill' ? byPid(seat, targets, signal) : byName(seat, targets, signal, name);
  },
};

export function signalNumber(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : numbers[text.toUpperCase().replace(/^SIG/, '')];
  return number !== undefined && number <= 64 ? number : undefined;
}

function byPid({ host, actor }: Seat, targets: readonly string[], signal: number) {
  let stderr = '';
  for (const target of targets) {
    const job = host.jobs.get(Number(target.replace(/^%/, '')));
    if (job === undefined || job.status !== undefined) stderr += `bash: kill: (${target}) - No such process\n`;
    else if (actor.uid !== 0 && actor.uid !== job.uid) stderr += `bash: kill: (${target}) - Operation not permitted\n`;
    else host.kill(job.pid, signal);
  }
  return { stdout: '', stderr, exitCode: stderr === '' ? 0 : 1 };
}

function byName({ host, actor, job: own }: Seat, targets: readonly string[], signal: number, name: string) {
  const found = host.jobs
    .running()
    .filter(
      (job) =>
        job !== own && (actor.uid === 0 || actor.uid === job.uid) && targets.some((text) => job.command.includes(text)),
    );
  for (const job of found) host.kill(job.pid, signal);
  if (found.length > 0) return printed('');
  return name === 'pkill' ? printed('', 1) : failed(`${targets.join(' ')}: no process found`);
}
