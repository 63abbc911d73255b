import type { CommandContext, ExecResult } from 'just-bash';
import { writeRefusal } from '../disk/can-write.ts';
import { plainText } from '../disk/errors.ts';
import { resolve } from '../disk/view.ts';
import type { RunningJob } from '../jobs.ts';
import { hostLimits } from '../limits.ts';
import { failed, type HostCommand, printed, type Seat } from '../seat.ts';
import { waitUntil } from '../wait.ts';
import { trapCommands } from './traps.ts';

// What the rewritten script calls. Their names start with two underscores and are hidden from listings.

const background: HostCommand = {
  names: ['__bg'],
  async run([script = ''], seat, context) {
    const text = `${seat.functions()}\n${script}`;
    const env = Object.fromEntries(
      [...context.env].filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !readOnly.has(name)),
    );
    const job = seat.host.start(text, {
      actor: seat.actor,
      env,
      cwd: context.cwd,
      why: script.slice(0, 80),
      parent: seat.job.pid,
    });
    if (job === undefined) return failed('bash: fork: retry: Resource temporarily unavailable', 254);
    await context.assignShellVariable?.('__bgpid', `${job.pid}`);
    return printed('');
  },
};

const readOnly = new Set(['UID', 'EUID', 'PPID', 'BASHPID', 'SHELLOPTS', 'BASHOPTS', '_']);

const wait: HostCommand = {
  names: ['__wait'],
  async run(args, seat) {
    const pids = args.filter((arg) => !arg.startsWith('-'));
    const waited: (RunningJob | undefined)[] =
      pids.length === 0
        ? seat.host.jobs.childrenOf(seat.job.pid)
        : pids.map((pid) => seat.host.jobs.get(Number(pid.replace(/^%/, ''))));
    let status = 0;
    for (const [index, job] of waited.entries()) {
      if (job === undefined) {
        status = 127;
        return failed(`bash: wait: pid ${pids[index]} is not a child of this shell`, status);
      }
      await waitFor(seat, job);
      const [signal] = seat.job.pending;
      if (signal !== undefined) return printed('', 128 + signal);
      status = pids.length === 0 ? 0 : (job.status ?? 0);
    }
    return printed('', status);
  },
};

/** Parks this job until the other has ended, or this one is killed. */
export async function waitFor(seat: Seat, job: RunningJob): Promise<void> {
  if (job.status !== undefined) return;
  const { wakers } = seat.job;
  let wake = () => {};
  const signalled = new Promise<void>((resolve) => {
    wake = resolve;
  });
  wakers.add(wake);
  await waitUntil(Promise.race([job.done, signalled]), { task: seat.task, signal: seat.job.abort.signal });
  wakers.delete(wake);
}

/** Loop turns between two calls of `__tick`. */
export const turnsPerTick = 50;

/**
 * Counts the turns of loops. A loop that sleeps may turn for ever; one that only turns would stop the whole range,
 * so it yields now and then, and is killed after a stated number of turns without virtual time passing.
 */
const tick: HostCommand = {
  names: ['__tick'],
  async run(_args, { job, host }): Promise<ExecResult> {
    const now = host.ports.clock.now();
    if (now !== job.turnsSince) {
      job.turns = 0;
      job.turnsSince = now;
    }
    job.turns += turnsPerTick;
    if (job.turns % hostLimits.turnsPerYield === 0) await host.yieldTurn();
    if (job.turns > hostLimits.idleTurns) {
      host.note('kernel', `process ${job.pid} was killed: ${hostLimits.idleTurns} loop turns without time passing`);
      host.kill(job.pid, 9);
    }
    return printed('', job.abort.signal.aborted ? 137 : 0);
  },
};

/** Says what keeps a redirection from its target. */
const can: HostCommand = {
  names: ['__can'],
  run(targets, { disk, actor }, context) {
    for (const target of targets) {
      const refusal = writeRefusal(disk, actor, resolve(context.cwd, target));
      if (refusal !== undefined) return failed(`bash: ${target}: ${plainText(refusal)}`);
    }
    return printed('');
  },
};

const rewrite: HostCommand = {
  names: ['__rewrite'],
  run: (args, seat) => printed(seat.rewrite(args.join(' '))),
};

const rewriteFile: HostCommand = {
  names: ['__rewrite_file'],
  run([path = ''], { disk, actor, rewrite: rewriteText }, context: CommandContext) {
    const full = resolve(context.cwd, path);
    if (disk.find(full, actor) === undefined) return failed(`bash: ${path}: No such file or directory`);
    return printed(rewriteText(Buffer.from(disk.read(full, actor)).toString('utf8')));
  },
};

export const internals: readonly HostCommand[] = [background, wait, tick, can, rewrite, rewriteFile, ...trapCommands];
