import { type Disk, root } from './disk/disk.ts';
import type { HostInside } from './host.ts';
import { enableUnit, unitPath, wantsPath } from './image/install.ts';
import { startCron } from './services/cron.ts';
import { startLogAgent } from './services/log-agent.ts';
import type { SshdConfig } from './sshd/config.ts';
import { startSshd } from './sshd/sshd.ts';

/** A running service. */
export interface RunningUnit {
  readonly pid: number;
  readonly since: number;
  /** What its main process is called; undefined where a job of the host is it. */
  readonly command: string | undefined;
  readonly ports: readonly number[];
  /** What sshd read when it started: an edit counts after a restart. */
  readonly sshd?: SshdConfig;
  stop(): void;
}

/** systemd, as far as a server's scripts use it. */
export interface Units {
  exists(unit: string): boolean;
  active(unit: string): RunningUnit | undefined;
  enabled(unit: string): boolean;
  /** The reason when it does not start. */
  start(unit: string): string | undefined;
  stop(unit: string): void;
  enable(unit: string): void;
  disable(unit: string): void;
  startEnabled(): void;
  all(): readonly (readonly [unit: string, running: RunningUnit])[];
  stopAll(): void;
  listening(): readonly number[];
}

export function createUnits(hostOf: () => HostInside): Units {
  const running = new Map<string, RunningUnit>();
  const disk = () => hostOf().disk;
  const units: Units = {
    exists: (unit) => unitFile(disk(), unit) !== undefined,
    active: (unit) => running.get(unit),
    enabled: (unit) => disk().find(wantsPath(unit), root, false) !== undefined,
    start(unit) {
      if (running.has(unit)) return undefined;
      const started = (behaviours[unit] ?? startExec)(hostOf(), unit);
      if (typeof started === 'string') return started;
      running.set(unit, {
        pid: started.pid ?? hostOf().jobs.newPid(),
        since: hostOf().ports.clock.now(),
        command: started.pid === undefined ? (programs[unit] ?? unit) : undefined,
        ...started,
      });
      hostOf().note('systemd[1]', `Started ${unit}.service - ${descriptionOf(disk(), unit)}.`);
      return undefined;
    },
    stop(unit) {
      if (!running.has(unit)) return;
      running.get(unit)?.stop();
      running.delete(unit);
      hostOf().note('systemd[1]', `Stopped ${unit}.service - ${descriptionOf(disk(), unit)}.`);
    },
    enable: (unit) => enableUnit(disk(), unit),
    disable(unit) {
      if (units.enabled(unit)) disk().remove(wantsPath(unit), root, false);
    },
    startEnabled() {
      const wants = disk().find('/etc/systemd/system/multi-user.target.wants');
      if (wants?.kind !== 'folder') return;
      for (const name of [...wants.entries.keys()].sort()) {
        const failure = units.start(name.replace(/\.service$/, ''));
        if (failure !== undefined) hostOf().note('systemd[1]', `${name}: ${failure}`);
      }
    },
    all: () => [...running],
    stopAll() {
      for (const unit of [...running.keys()]) units.stop(unit);
    },
    listening: () => [...running.values()].flatMap((unit) => unit.ports),
  };
  return units;
}

/** What a unit does, told as it starts. `pid` is given where a job of the host is its main process. */
export type Behaving = Pick<RunningUnit, 'ports' | 'sshd' | 'stop'> & { readonly pid?: number };

type Behaviour = (host: HostInside, unit: string) => Behaving | string;

/** The main processes, as ps shows them. */
const programs: Readonly<Record<string, string>> = {
  sshd: 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups',
  crond: '/usr/sbin/crond -n',
  rsyslog: '/usr/sbin/rsyslogd -n',
  'amazon-ssm-agent': '/usr/bin/amazon-ssm-agent',
  'amazon-cloudwatch-agent': '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent',
  awslogsd: '/usr/bin/python2 -s /usr/bin/aws logs push --config-file /etc/awslogs/awslogs.conf',
  awslogs: '/usr/bin/python2 -s /usr/bin/aws logs push --config-file /etc/awslogs/awslogs.conf',
  httpd: '/usr/sbin/httpd -DFOREGROUND',
  nginx: 'nginx: master process /usr/sbin/nginx',
};

export function descriptionOf(disk: Disk, unit: string): string {
  const path = unitFile(disk, unit);
  return (path === undefined ? undefined : /^Description=(.+)$/m.exec(disk.text(path))?.[1]) ?? unit;
}

export function unitFile(disk: Disk, unit: string): string | undefined {
  return fileOf(unit, (path) => disk.find(path) !== undefined);
}

const idle =
  (...ports: number[]): Behaviour =>
  () => ({ ports, stop: () => {} });

const behaviours: Readonly<Record<string, Behaviour>> = {
  sshd: startSshd,
  crond: startCron,
  awslogsd: startLogAgent,
  awslogs: startLogAgent,
  'amazon-cloudwatch-agent': startLogAgent,
  // Lines are written by those who log; that rsyslog runs is what lets them reach its files.
  rsyslog: idle(),
  'amazon-ssm-agent': idle(),
  httpd: idle(80),
  nginx: idle(80),
};

/** A unit that somebody wrote: its ExecStart is a job. */
const startExec: Behaviour = (host, unit) => {
  const path = unitFile(host.disk, unit);
  if (path === undefined) return `Unit ${unit}.service not found.`;
  const text = host.disk.text(path);
  const command = /^ExecStart=[-@+!]*(.+)$/m.exec(text)?.[1];
  if (command === undefined) return `Unit ${unit}.service has no ExecStart= setting.`;
  const user = /^User=(\S+)$/m.exec(text)?.[1];
  const uid =
    user === undefined
      ? 0
      : Number(host.disk.text('/etc/passwd').match(new RegExp(`^${user}:[^:]*:(\\d+)`, 'm'))?.[1] ?? 0);
  const job = host.start(command, { why: unit, uid });
  if (job === undefined) return 'Resource temporarily unavailable';
  return { pid: job.pid, ports: [], stop: () => void host.kill(job.pid, 15) };
};

function fileOf(unit: string, exists: (path: string) => boolean): string | undefined {
  return [`/etc/systemd/system/${unit}.service`, unitPath(unit)].find(exists);
}
