import { root } from './disk/disk.ts';
import type { HostInside } from './host.ts';
import { putFile } from './image/install.ts';
import { hostLimits } from './limits.ts';

export type LogFile = 'secure' | 'cron' | 'messages';

/** A line of the journal. `program` is what stands before the colon: `sshd[3201]`. */
export interface JournalEntry {
  readonly time: number;
  readonly file: LogFile;
  readonly program: string;
  readonly text: string;
}

/** Something is logged: to the journal always, and where rsyslog runs to its file too. */
export function syslog(host: HostInside, file: LogFile, program: string, text: string): void {
  const now = host.ports.clock.now();
  for (const line of text.split('\n')) {
    append(host, journalPath(host), `${now} ${file} ${program}\t${line}\n`);
    if (host.units.active('rsyslog') === undefined) continue;
    append(host, `/var/log/${file}`, `${stamp(now)} ${host.spec.hostname.split('.')[0]} ${program}: ${line}\n`);
  }
}

/** Of the whole disk's life, as far as it is kept. */
export function journalOf(host: HostInside): readonly JournalEntry[] {
  return host.disk
    .text(journalPath(host))
    .split('\n')
    .flatMap((line) => {
      const [, time, file, program, text] = /^(\d+) (\w+) (.*?)\t(.*)$/.exec(line) ?? [];
      return time === undefined
        ? []
        : [{ time: Number(time), file: file as LogFile, program: program ?? '', text: text ?? '' }];
    });
}

/** On a real host the file is binary; here it is text, which only journalctl should read. */
function journalPath(host: HostInside): string {
  return `/var/log/journal/${machineId(host)}/system.journal`;
}

export function machineId(host: HostInside): string {
  return `ec2${host.spec.id.replace(/[^0-9a-f]/g, '')}`.padEnd(32, '0').slice(0, 32);
}

function append(host: HostInside, path: string, line: string): void {
  const node = host.disk.find(path);
  if (node === undefined) putFile(host.disk, path, '', path.endsWith('.journal') ? 0o640 : 0o600);
  else if (node.kind === 'file' && node.size > hostLimits.journalBytes && path.endsWith('.journal')) {
    const kept = host.disk.text(path).slice(-hostLimits.journalBytes / 2);
    host.disk.write(path, Buffer.from(kept.slice(kept.indexOf('\n') + 1)), root);
  }
  host.disk.append(path, Buffer.from(line));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The traditional format, which both images use: `Jan  5 00:03:01`; the journal's own pads the day with a zero. */
export function stamp(time: number, pad = ' '): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 19);
  return `${months[date.getUTCMonth()]} ${`${date.getUTCDate()}`.padStart(2, pad)} ${clock}`;
}
