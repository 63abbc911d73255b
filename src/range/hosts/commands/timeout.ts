import { waitFor } from '../bash/internals.ts';
import { failed, type HostCommand, inputBytes, readFlags } from '../seat.ts';
import { signalNumber } from './kill.ts';
import { shellLine } from './quote.ts';
import { readDuration } from './sleep.ts';

/** The command runs as a job of its own, since that can be ended without ending this one. */
export const timeout: HostCommand = {
  names: ['timeout'],
  async run(args, seat, context) {
    const at = firstOperand(args);
    const { flags } = readFlags(args.slice(0, at), ['s', 'k', 'signal', 'kill-after']);
    const ms = readDuration(args[at] ?? '');
    const command = args.slice(at + 1);
    if (ms === undefined || command.length === 0)
      return failed(`timeout: invalid time interval '${args[at] ?? ''}'`, 125);
    const { host, job, actor } = seat;
    const script = `${seat.functions()}\n${shellLine(command)}`;
    const child = host.start(script, {
      actor,
      parent: job.pid,
      why: command[0] ?? '',
      cwd: context.cwd,
      stdin: inputBytes(context),
      env: { ...context.exportedEnv },
    });
    if (child === undefined) return failed('timeout: fork system call failed: Resource temporarily unavailable', 125);
    const signal = signalNumber(flags.get('s') ?? flags.get('signal') ?? 'TERM') ?? 15;
    let expired = false;
    const cancel = host.ports.clock.at(
      host.ports.clock.now() + ms,
      () => {
        expired = host.kill(child.pid, signal);
      },
      `${host.spec.id} timeout`,
    );
    await waitFor(seat, child);
    cancel();
    if (child.status === undefined) host.kill(child.pid, 15);
    const { stdout, stderr, status } = child.result ?? { stdout: '', stderr: '', status: 143 };
    return { stdout, stderr, exitCode: expired ? (signal === 9 ? 137 : 124) : status };
  },
};

function firstOperand(args: readonly string[]): number {
  let at = 0;
  while (args[at]?.startsWith('-') === true) at += /^-[sk]$/.test(args[at] ?? '') ? 2 : 1;
  return at;
}
