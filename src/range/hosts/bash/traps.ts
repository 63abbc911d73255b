import type { CommandNode, ScriptNode, SimpleCommandNode, StatementNode } from 'just-bash';
import type { RunningJob } from '../jobs.ts';
import { failed, type HostCommand, printed } from '../seat.ts';
import { group, statementOf, wrap } from './nodes.ts';

// `trap`, which just-bash does not have. Only a script that says `trap` pays for it: each command that may take time
// is followed by a look for signals, `exit` and the script's end run what EXIT is set to, in the very same shell.

/** Shell words that take no time, so that a signal can wait until the next command. */
export const builtins: ReadonlySet<string> = new Set(
  'echo printf : true false test [ local export declare typeset readonly cd return break continue exit set shift unset read eval source . exec pushd popd alias unalias shopt getopts let mapfile readarray type command builtin'.split(
    ' ',
  ),
);

export function setsTrap(ast: ScriptNode): boolean {
  return JSON.stringify(ast).includes('"value":"trap"');
}

// What a trap runs is watched for signals too, so that the status on leaving has a name of its own.
const exitTrap = () => statementOf('eval "$(__trap_run EXIT)"');

export function atEnd(): StatementNode[] {
  return [statementOf('__leaving=$?'), exitTrap(), statementOf('(exit "$__leaving")')];
}

/** `exit 3`: the trap first. */
export function leave(node: SimpleCommandNode): CommandNode {
  const [value] = node.args;
  const kept: StatementNode =
    value === undefined
      ? statementOf('__leaving=$?')
      : wrap({
          type: 'SimpleCommand',
          name: null,
          args: [],
          assignments: [{ type: 'Assignment', name: '__leaving', value, append: false, array: null }],
          redirections: [],
        });
  return group([kept, exitTrap(), statementOf('exit "$__leaving"')]);
}

/** A command, and after it whatever signals came meanwhile. */
export function heeding(node: CommandNode): CommandNode {
  return group([
    wrap(node),
    statementOf('__status=$?'),
    statementOf('eval "$(__trap_run)"'),
    statementOf('(exit "$__status")'),
  ]);
}

const signals: Readonly<Record<string, number>> = {
  EXIT: 0,
  HUP: 1,
  INT: 2,
  QUIT: 3,
  USR1: 10,
  USR2: 12,
  ALRM: 14,
  TERM: 15,
};

function signalOf(text: string): number | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  return /^\d+$/.test(text) ? Object.values(signals).find((one) => one === Number(text)) : signals[name];
}

function nameOf(signal: number): string {
  const name = Object.keys(signals).find((one) => signals[one] === signal) ?? `${signal}`;
  return signal === 0 ? name : `SIG${name}`;
}

const set: HostCommand = {
  names: ['__trap'],
  run(args, { job }) {
    const words = args[0] === '--' ? args.slice(1) : args;
    if (words.length === 0 || words[0] === '-p')
      return printed(
        [...job.traps]
          .map(([signal, text]) => `trap -- '${text.replaceAll("'", "'\\''")}' ${nameOf(signal)}\n`)
          .join(''),
      );
    const [text = '', ...names] = words.length === 1 ? ['-', ...words] : words;
    for (const name of names) {
      const signal = signalOf(name);
      if (signal === undefined) {
        const known = ['ERR', 'DEBUG', 'RETURN'].includes(name);
        return failed(
          `bash: trap: ${name}: ${known ? 'not modelled on a host of the range' : 'invalid signal specification'}`,
        );
      }
      if (text === '-') job.traps.delete(signal);
      else job.traps.set(signal, text);
    }
    return printed('');
  },
};

/** The text of what a trap is to run: EXIT, once; or what the signals that came ask for. */
const run: HostCommand = {
  names: ['__trap_run'],
  run([what], { job, rewrite }) {
    if (what === 'EXIT') {
      // Its first command sees the status with which the shell ends, which is no error of the handler's own.
      const text = takeExit(job);
      if (text === undefined) return printed('');
      return printed(rewrite(`(exit "$__leaving") && :\n${text}`, 'trapped'));
    }
    const texts = job.pending.splice(0).map((signal) => job.traps.get(signal) ?? `exit ${128 + signal}`);
    return printed(texts.map((text) => `${rewrite(text, 'trapped')}\n`).join(''));
  },
};

export function takeExit(job: RunningJob): string | undefined {
  const text = job.traps.get(0);
  job.traps.delete(0);
  return text;
}

/** What a kill means to a job with traps: `caught` when a trap takes it, `ignored` when it is set to nothing. */
export function caught(job: RunningJob, signal: number): boolean {
  const text = job.traps.get(signal);
  if (signal === 9 || (text === undefined && !job.traps.has(0))) return false;
  if (text === '') return true;
  job.pending.push(signal);
  // Without a trap of its own the signal ends the shell at once, after the EXIT trap; `wait` ends by any.
  for (const wake of [...job.wakers]) wake(text === undefined ? 'fatal' : 'trap');
  return true;
}

export const trapCommands: readonly HostCommand[] = [set, run];
