import { Cron } from 'croner';
import type { HostInside } from '../host.ts';
import { syslog } from '../journal.ts';
import { hostLimits } from '../limits.ts';
import type { Behaving } from '../units.ts';
import { accountNamed } from '../users/accounts.ts';

interface CronEntry {
  readonly user: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Undefined: at the start of crond. */
  readonly times: Cron | undefined;
  next: number;
}

const minuteMs = 60_000;

/** crond: wakes each minute, reads what changed, starts what is due. */
export function startCron(host: HostInside): Behaving {
  const { clock } = host.ports;
  let stamp = '';
  let entries: CronEntry[] = [];
  const read = () => {
    const files = cronFiles(host);
    const now = files.map(({ path, changed }) => `${path} ${changed}`).join('\n');
    if (now === stamp) return;
    stamp = now;
    entries = files.flatMap(({ path, user }) => parseCrontab(host.disk.text(path), user, clock.now()));
    entries.length = Math.min(entries.length, hostLimits.cronEntries);
  };
  let cancel = () => {};
  const wake = () => {
    read();
    const now = clock.now();
    for (const entry of entries) {
      if (now < entry.next) continue;
      entry.next = nextRun(entry.times, now);
      run(host, entry);
    }
    schedule();
  };
  const schedule = () => {
    const next = (Math.floor(clock.now() / minuteMs) + 1) * minuteMs;
    cancel = clock.at(next, wake, `${host.spec.id} crond`);
  };
  read();
  for (const entry of entries) if (entry.times === undefined) run(host, entry);
  schedule();
  return { ports: [], stop: () => cancel() };
}

/** One crontab; lines that make no sense are left out, as crond does after a line in its log. `user` undefined: named in the line. */
export function parseCrontab(text: string, user: string | undefined, now: number): CronEntry[] {
  const env: Record<string, string> = {};
  const entries: CronEntry[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const setting = /^([A-Za-z_]\w*)\s*=\s*"?(.*?)"?$/.exec(line);
    if (line === '' || line.startsWith('#')) continue;
    if (setting !== null) {
      env[setting[1] ?? ''] = setting[2] ?? '';
      continue;
    }
    const parts = (
      user === undefined ? /^(@\w+|(?:\S+\s+){4}\S+)\s+(\S+)\s+(.+)$/ : /^(@\w+|(?:\S+\s+){4}\S+)()\s+(.+)$/
    ).exec(line);
    const times = parts === null ? 'nonsense' : timesOf(parts[1] ?? '');
    if (parts === null || times === 'nonsense') continue;
    // An unescaped % ends the command; what follows would be its input.
    const command = (parts[3] ?? '').split(/(?<!\\)%/)[0] ?? '';
    entries.push({
      user: user ?? parts[2] ?? 'root',
      command: command.replaceAll('\\%', '%'),
      env: { ...env },
      times,
      next: nextRun(times, now),
    });
  }
  return entries;
}

function timesOf(text: string): Cron | undefined | 'nonsense' {
  if (text === '@reboot') return undefined;
  try {
    return new Cron(text === '@midnight' ? '@daily' : text, { paused: true, timezone: 'UTC', mode: '5-part' });
  } catch {
    // croner says why; crond only leaves the line out.
    return 'nonsense';
  }
}

function nextRun(times: Cron | undefined, now: number): number {
  return times?.nextRun(new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY;
}

function cronFiles(host: HostInside): { path: string; user: string | undefined; changed: number }[] {
  const files: { path: string; user: string | undefined; changed: number }[] = [];
  const add = (path: string, user: string | undefined) => {
    const node = host.disk.find(path);
    if (node?.kind === 'file') files.push({ path, user, changed: node.mtime * 4096 + (node.size % 4096) });
  };
  add('/etc/crontab', undefined);
  for (const [folder, named] of [
    ['/etc/cron.d', true],
    ['/var/spool/cron', false],
  ] as const) {
    const node = host.disk.find(folder);
    if (node?.kind === 'folder')
      for (const name of [...node.entries.keys()].sort()) add(`${folder}/${name}`, named ? undefined : name);
  }
  return files;
}

function run(host: HostInside, entry: CronEntry): void {
  const account = accountNamed(host.disk, entry.user);
  if (account === undefined) return;
  const job = host.start(entry.command, {
    uid: account.uid,
    why: `cron ${entry.command.slice(0, 60)}`,
    command: `/bin/sh -c ${entry.command}`,
    env: { PATH: '/usr/bin:/bin', SHELL: '/bin/sh', ...entry.env },
  });
  if (job !== undefined) syslog(host, 'cron', `CROND[${job.pid}]`, `(${entry.user}) CMD (${entry.command})`);
}
