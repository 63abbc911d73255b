import type { BashExecResult, Command, CommandName, ExecResult } from 'just-bash';
import type { Actor, Disk } from '../disk/disk.ts';
import { asBashPrints, DiskError, plainText } from '../disk/errors.ts';
import { viewOf } from '../disk/view.ts';
import type { HostInside } from '../host.ts';
import type { RunningJob } from '../jobs.ts';
import { hostLimits } from '../limits.ts';
import { failed, type HostCommand, type Seat } from '../seat.ts';
import { accountOfUid } from '../users/accounts.ts';
import { internals } from './internals.ts';
import { Bash, getCommandNames, inVirtualTime, outOfVirtualTime } from './just-bash.ts';
import { createRewriter } from './rewrite.ts';
import { takeExit } from './traps.ts';
import type { Times } from './virtual.ts';

export interface ShellOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a script in the task of its job. Never throws: what bash cannot say, the host says. */
export async function runScript(
  host: HostInside,
  job: RunningJob,
  actor: Actor,
  script: string,
  options: ShellOptions = {},
): Promise<ExecResult> {
  const { task } = job;
  if (task === undefined) throw new Error(`job ${job.pid} has no task yet`);
  const rewriter = createRewriter();
  const times: Times = { now: () => host.ports.clock.now(), random: () => task.random() };
  const seat: Seat = {
    host,
    job,
    task,
    actor,
    disk: host.disk,
    exec: (text, { context, ...more }) =>
      inVirtualTime(times, async () => {
        if (context.exec === undefined) throw new Error(`bash gave a command no way to run "${text}"`);
        return context.exec(text, { cwd: context.cwd, ...more });
      }),
    runAs: (other, text, more = {}) => runScript(host, job, other, text, { env: job.env, ...more }),
    rewrite: rewriter.rewrite,
    functions: rewriter.functions,
  };
  try {
    const stdin = options.stdin === undefined ? {} : { stdin: options.stdin, stdinKind: 'bytes' as const };
    const how = { signal: job.abort.signal, rawScript: true, ...stdin };
    const result = await inVirtualTime(times, async () => {
      const bash = bashOf(seat, times, options);
      bash.registerTransformPlugin(rewriter.plugin);
      try {
        return await withExitTrap(seat, await bash.exec(script, how), (text, env) =>
          bash.exec(text, { rawScript: true, env }),
        );
      } finally {
        times.over = true;
      }
    });
    const stderr = asBashPrints(result.stderr);
    return { ...result, stderr: job.abort.signal.aborted ? stderr.replace('bash: execution aborted\n', '') : stderr };
  } catch (error) {
    return thrown(error, job);
  }
}

/** A shell that ended by `set -e` or an error has not come to its own end, where its EXIT trap runs. */
async function withExitTrap(
  { job, functions }: Seat,
  ended: BashExecResult,
  exec: (text: string, env: Record<string, string>) => Promise<ExecResult>,
): Promise<ExecResult> {
  const text = job.signal === 9 ? undefined : takeExit(job);
  if (text === undefined) return ended;
  const after = await exec(`${functions()}\n(exit ${ended.exitCode})\n${text}`, ended.env);
  return { ...ended, stdout: ended.stdout + after.stdout, stderr: ended.stderr + after.stderr };
}

function bashOf(seat: Seat, times: Times, { env, cwd }: ShellOptions): Bash {
  const { host, job, task, actor } = seat;
  return new Bash({
    fs: viewOf(host.disk, actor),
    env: { ...environmentOf(host.disk, actor, host.spec.hostname), ...env },
    cwd: cwd ?? homeOf(host.disk, actor),
    commands: [...borrowed],
    customCommands: commandsOf(seat, times),
    defenseInDepth: false,
    executionLimits: limits,
    sleep: (ms) => outOfVirtualTime(times, () => task.sleep(ms, job.abort.signal)),
    processInfo: { pid: job.pid, ppid: job.parent, uid: actor.uid, gid: actor.gids[0] ?? 0 },
  });
}

/** What just-bash brings and is used as it is. The rest is ours, or is not there, as on a small server. */
const ours = [
  'curl',
  'ls',
  'stat',
  'touch',
  'find',
  'env',
  'printenv',
  'date',
  'hostname',
  'mkdir',
  'whoami',
  'sleep',
  'timeout',
  'sqlite3',
  'yq',
  'xan',
  'html-to-markdown',
  'help',
];
export const borrowed: readonly CommandName[] = getCommandNames().filter(
  (name): name is CommandName => !ours.includes(name),
);

const without = Number.MAX_SAFE_INTEGER;
// Loops are counted by `__tick`, in virtual time; just-bash counts over the whole life and would end every daemon.
const limits = {
  maxCommandCount: without,
  maxLoopIterations: without,
  maxWorkUnits: without,
  maxExecutionTimeMs: without,
  maxCallDepth: hostLimits.callDepth,
  maxOutputSize: hostLimits.outputBytes * 4,
  maxSourceBytes: hostLimits.scriptBytes,
};

function commandsOf(seat: Seat, times: Times): Command[] {
  return [...internals, ...seat.host.commands].flatMap((command) =>
    command.names.map((name) => new Registered(name, command, seat, times)),
  );
}

/** A class, as each shell of each host has more than a hundred of them, and a method is shared. */
class Registered implements Command {
  readonly trusted = true;
  readonly name: string;
  readonly command: HostCommand;
  readonly seat: Seat;
  readonly times: Times;

  constructor(name: string, command: HostCommand, seat: Seat, times: Times) {
    this.name = name;
    this.command = command;
    this.seat = seat;
    this.times = times;
  }

  execute(args: string[], context: Parameters<HostCommand['run']>[2]): Promise<ExecResult> {
    return outOfVirtualTime(this.times, () => guard(this.command, this.name, args, this.seat, context));
  }
}

async function guard(
  command: HostCommand,
  name: string,
  args: string[],
  seat: Seat,
  context: Parameters<HostCommand['run']>[2],
): Promise<ExecResult> {
  const { job, actor, host } = seat;
  const before = job.foreground;
  job.foreground = { command: [name, ...args].join(' '), actor, startedAt: host.ports.clock.now() };
  try {
    return await command.run(args, seat, context, name);
  } catch (error) {
    if (error instanceof DiskError) return failed(`${name}: ${error.path}: ${plainText(error.code)}`);
    throw error;
  } finally {
    job.foreground = before;
  }
}

/** The disk and a kill are expected here; a bug of ours is not, and leaves with its message as the job's end. */
function thrown(error: unknown, job: RunningJob): ExecResult {
  const message = error instanceof Error ? error.message : String(error);
  if (job.abort.signal.aborted) return { stdout: '', stderr: '', exitCode: 128 + (job.signal ?? 15) };
  if (error instanceof DiskError) return failed(`bash: ${error.path}: ${plainText(error.code)}`);
  return { stdout: '', stderr: `bash: ${message}\n`, exitCode: 2 };
}

function environmentOf(disk: Disk, actor: Actor, hostname: string): Record<string, string> {
  const account = accountOfUid(disk, actor.uid);
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: account?.home ?? '/',
    USER: account?.name ?? `${actor.uid}`,
    LOGNAME: account?.name ?? `${actor.uid}`,
    SHELL: account?.shell ?? '/bin/sh',
    HOSTNAME: hostname,
    LANG: 'C.UTF-8',
  };
}

function homeOf(disk: Disk, actor: Actor): string {
  const home = accountOfUid(disk, actor.uid)?.home ?? '/';
  return disk.find(home)?.kind === 'folder' ? home : '/';
}
