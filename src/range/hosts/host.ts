import { runScript, type ShellOptions } from './bash/shell.ts';
import { caught } from './bash/traps.ts';
import { boot, shutDown } from './boot.ts';
import { commands } from './commands/table.ts';
import { type Actor, Disk, root } from './disk/disk.ts';
import type { FolderNode } from './disk/inode.ts';
import { fromJson, type InodeJson, toJson } from './disk/json.ts';
import { createWriteBack } from './disk/write-back.ts';
import { createImage, type Image } from './image/image.ts';
import { type Job, type JobResult, JobTable, type RunningJob } from './jobs.ts';
import { syslog } from './journal.ts';
import { hostLimits } from './limits.ts';
import type { HostPorts } from './ports.ts';
import type { HostCommand } from './seat.ts';
import type { Socket } from './sockets.ts';
import { type Login, type LoginAttempt, login } from './sshd/login.ts';
import { createUnits, type Units } from './units.ts';
import { accountOfUid, actorOf } from './users/accounts.ts';
import { createVerify, type Verify } from './users/crypt.ts';

export interface HostSpec {
  /** The instance's id. */
  readonly id: string;
  readonly hostname: string;
  readonly vintage: 'now' | '2019';
  /** OpenSSH public key for the default user, where a key pair was named. */
  readonly publicKey?: string;
  /** Virtual time from power on to the first service. */
  readonly bootMs: number;
}

export interface StartOptions extends ShellOptions {
  readonly uid?: number;
  /** For the clock's log, and for the process list where `command` says nothing else. */
  readonly why: string;
  readonly command?: string;
}

/** A simulated Linux machine. */
export interface Host {
  readonly spec: HostSpec;
  readonly running: boolean;
  readonly disk: Disk;
  /** Powers on. First boot runs user data; a later one only what is meant for every boot. */
  boot(): void;
  /** Starts a script as a user, root by default. Undefined when the host is off or cannot fork. */
  start(script: string, options: StartOptions): Job | undefined;
  kill(pid: number, signal: number): boolean;
  /** Powers off: every process ends, the disk stays. */
  stop(): void;
  toJSON(): InodeJson;
  /** Whether something accepts connections at a TCP port. */
  listens(port: number): boolean;
  /** Whether a unit runs. */
  serves(unit: string): boolean;
  /** What sshd makes of an attempt, which its log remembers. */
  login(attempt: LoginAttempt): Login;
}

/** A host as its own parts see it. */
export interface HostInside extends Host {
  readonly ports: HostPorts;
  readonly jobs: JobTable;
  readonly units: Units;
  readonly image: Image;
  readonly commands: readonly HostCommand[];
  /** Open connections. */
  readonly sockets: Set<Socket>;
  readonly bootedAt: number;
  readonly verify: Verify;
  start(
    script: string,
    options: StartOptions & { readonly actor?: Actor; readonly parent?: number },
  ): RunningJob | undefined;
  /** A line of the system's log: of the kernel, systemd, an agent. */
  note(program: string, text: string): void;
  yieldTurn(): Promise<void>;
}

export function createHost(spec: HostSpec, ports: HostPorts): Host {
  const image = createImage(spec.vintage);
  const saved = ports.disk.load();
  // The root of a disk is always a folder.
  const tree = saved === undefined ? image.tree : (fromJson(saved, image.tree) as FolderNode);
  const disk = new Disk(tree, () => ports.clock.now());
  const jobs = new JobTable();
  let running = false;
  let bootedAt = 0;
  // A fork bomb ends its processes as fast as it starts them: only a count per instant stops it.
  let started = { at: 0, count: 0 };

  const writeBack = createWriteBack(spec.id, ports.clock, disk, () => ports.disk.save(host.toJSON()));

  const host: HostInside = {
    spec,
    ports,
    disk,
    jobs,
    image,
    commands,
    sockets: new Set(),
    get bootedAt() {
      return bootedAt;
    },
    verify: createVerify(),
    units: createUnits(() => host),
    get running() {
      return running;
    },
    boot() {
      if (running) return;
      running = true;
      bootedAt = ports.clock.now();
      boot(host);
      writeBack.begin();
    },
    start(script, options) {
      const now = ports.clock.now();
      if (started.at !== now) started = { at: now, count: 0 };
      started.count++;
      if (!running || jobs.running().length >= hostLimits.processes) return undefined;
      if (started.count > hostLimits.startsAtOnce) return undefined;
      return startJob(host, script, options, writeBack.soon);
    },
    kill: (pid, signal) => killJob(jobs.get(pid), signal),
    stop() {
      if (!running) return;
      shutDown(host);
      running = false;
      for (const job of jobs.running()) killJob(job, 9);
      jobs.clear();
      host.sockets.clear();
      writeBack.end();
    },
    toJSON: () => toJson(disk.tree, image.tree),
    listens: (port) => running && host.units.listening().includes(port),
    serves: (unit) => running && host.units.active(unit) !== undefined,
    login: (attempt) => login(host, attempt),
    note: (program, text) => syslog(host, 'messages', program, text),
    yieldTurn: () => new Promise((resolve) => setImmediate(resolve)),
  };
  return host;
}

function startJob(
  host: HostInside,
  script: string,
  options: StartOptions & { readonly actor?: Actor; readonly parent?: number },
  ended: () => void,
): RunningJob {
  const { clock } = host.ports;
  const account = accountOfUid(host.disk, options.uid ?? 0);
  const actor = options.actor ?? (account === undefined ? root : actorOf(host.disk, account));
  let resolve: (result: JobResult) => void = () => {};
  const done = new Promise<JobResult>((settle) => {
    resolve = settle;
  });
  const job = host.jobs.add((pid) => ({
    pid,
    parent: options.parent ?? 1,
    uid: actor.uid,
    command: options.command ?? options.why,
    startedAt: clock.now(),
    status: undefined,
    result: undefined,
    done,
    actor,
    abort: new AbortController(),
    task: undefined,
    signal: undefined,
    turns: 0,
    turnsSince: 0,
    env: options.env ?? {},
    foreground: undefined,
    traps: new Map(),
    pending: [],
    wakers: new Set(),
  }));
  const end = (status: number, stdout: string, stderr: string) => {
    job.status = job.signal === undefined ? status : 128 + job.signal;
    job.result = { stdout: cut(stdout), stderr: cut(stderr), status: job.status };
    host.jobs.ended(job);
    ended();
    resolve(job.result);
  };
  const run = async () => {
    if (job.abort.signal.aborted) return end(0, '', '');
    const result = await runScript(host, job, actor, script, options);
    end(result.exitCode, result.stdout, result.stderr);
  };
  clock
    .spawn(`${host.spec.id} ${options.why}`, (task) => {
      job.task = task;
      return run();
    })
    .catch((error: unknown) => end(2, '', `${String(error)}\n`));
  return job;
}

function killJob(job: RunningJob | undefined, signal: number): boolean {
  if (job === undefined || job.status !== undefined) return false;
  if (signal === 0 || caught(job, signal)) return true;
  job.signal = signal;
  job.abort.abort();
  return true;
}

function cut(text: string): string {
  return text.length <= hostLimits.outputBytes ? text : `${text.slice(0, hostLimits.outputBytes)}\n[output cut]\n`;
}
