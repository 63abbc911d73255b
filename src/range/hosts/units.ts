import { root } from './disk/disk.ts';
import type { HostInside } from './host.ts';
import { enableUnit, unitPath, wantsPath } from './image/install.ts';
import { startCron } from './services/cron.ts';
import { startLogAgent } from './services/log-agent.ts';
import type { SshdConfig } from './sshd/config.ts';
import { startSshd } from './sshd/sshd.ts';

/** A running service. */
export interface RunningUnit {
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
  stopAll(): void;
  listening(): readonly number[];
}

export function createUnits(hostOf: () => HostInside): Units {
  const running = new Map<string, RunningUnit>();
  const disk = () => hostOf().disk;
  const units: Units = {
    exists: (unit) => fileOf(unit, (path) => disk().find(path) !== undefined) !== undefined,
    active: (unit) => running.get(unit),
    enabled: (unit) => disk().find(wantsPath(unit), root, false) !== undefined,
    start(unit) {
      if (running.has(unit)) return undefined;
      const started = (behaviours[unit] ?? startExec)(hostOf(), unit);
      if (typeof started === 'string') return started;
      running.set(unit, started);
      return undefined;
    },
    stop(unit) {
      running.get(unit)?.stop();
      running.delete(unit);
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
        if (failure !== undefined) hostOf().note(`systemd: ${name}: ${failure}`);
      }
    },
    stopAll() {
      for (const unit of [...running.keys()]) units.stop(unit);
    },
    listening: () => [...running.values()].flatMap((unit) => unit.ports),
  };
  return units;
}

type Behaviour = (host: HostInside, unit: string) => RunningUnit | string;

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
  const path = fileOf(unit, (one) => host.disk.find(one) !== undefined);
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
  return { ports: [], stop: () => void host.kill(job.pid, 15) };
};

function fileOf(unit: string, exists: (path: string) => boolean): string | undefined {
  return [`/etc/systemd/system/${unit}.service`, unitPath(unit)].find(exists);
}
