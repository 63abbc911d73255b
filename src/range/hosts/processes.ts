import type { HostInside } from './host.ts';

/** A line of the process list. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  readonly command: string;
  readonly startedAt: number;
  /** Kilobytes, as a freshly booted server has them: nobody measures a simulated process. */
  readonly size: number;
}

/** What runs: the system's own, the services, and the jobs with the command that each is at. */
export function processesOf(host: HostInside): readonly Process[] {
  const system = systemProcesses.map(([pid, command, size]) => ({
    pid,
    parent: pid === 1 || pid === 2 ? 0 : 1,
    uid: 0,
    command,
    startedAt: host.bootedAt,
    size,
  }));
  const services = host.units
    .all()
    .flatMap(([, { pid, since, command }]) =>
      command === undefined ? [] : [{ pid, parent: 1, uid: 0, command, startedAt: since, size: 9000 }],
    );
  const parents = new Map(host.units.all().map(([unit, { pid }]) => [unit, pid]));
  const jobs = host.jobs.running().flatMap((job): Process[] => {
    const starter = job.parent === 1 ? parents.get(starterOf(job.command)) : undefined;
    const own = { ...job, parent: starter ?? job.parent, size: 3200 };
    const { foreground } = job;
    if (foreground === undefined) return [own];
    foreground.pid ??= host.jobs.newPid();
    const { pid, command, actor, startedAt } = foreground;
    return [own, { pid, parent: job.pid, uid: actor.uid, command, startedAt, size: 2400 }];
  });
  return [...system, ...services, ...jobs].sort((one, other) => one.pid - other.pid);
}

/** Which service's child a job is, by how its command looks. */
function starterOf(command: string): string {
  if (command.startsWith('sshd: ')) return 'sshd';
  if (command.includes('/amazon/ssm/')) return 'amazon-ssm-agent';
  return command.startsWith('/bin/sh -c ') ? 'crond' : '';
}

const systemProcesses: readonly (readonly [pid: number, command: string, size: number])[] = [
  [1, '/usr/lib/systemd/systemd --switched-root --system --deserialize=32', 16_400],
  [2, '[kthreadd]', 0],
  [412, '/usr/lib/systemd/systemd-journald', 11_200],
  [437, '/usr/lib/systemd/systemd-udevd', 9_800],
  [561, '/usr/lib/systemd/systemd-logind', 9_600],
  [563, '/usr/bin/dbus-broker-launch --scope system --audit', 4_100],
  [570, '/usr/sbin/chronyd -F 2', 3_600],
  [588, '/sbin/agetty -o -p -- \\u --noclear - linux', 2_100],
];
