import type { HostInside } from './host.ts';
import { putFile } from './image/install.ts';

/** A line of syslog in the traditional format, which both images use: `Jan  5 00:03:01 ip-10-0-0-15 sshd[3201]: text`. */
export function syslog(host: HostInside, file: 'secure' | 'cron' | 'messages', program: string, text: string): void {
  // Without rsyslog the line is in the journal alone, which is no file.
  if (host.units.active('rsyslog') === undefined) return;
  const path = `/var/log/${file}`;
  if (host.disk.find(path) === undefined) putFile(host.disk, path, '', 0o600);
  const hostname = host.spec.hostname.split('.')[0];
  host.disk.append(path, Buffer.from(`${stamp(host.ports.clock.now())} ${hostname} ${program}: ${text}\n`));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function stamp(time: number): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 19);
  return `${months[date.getUTCMonth()]} ${`${date.getUTCDate()}`.padStart(2)} ${clock}`;
}
