import type { CommandContext, ExecResult } from 'just-bash';
import type { Task } from '../clock.ts';
import { decodeBytesToUtf8, latin1FromBytes } from './bash/just-bash.ts';
import type { Actor, Disk } from './disk/disk.ts';
import type { HostInside } from './host.ts';
import type { RunningJob } from './jobs.ts';

/** Where a command sits: the host, the job it runs in, and whom it acts as (which `sudo` changes). */
export interface Seat {
  readonly host: HostInside;
  readonly job: RunningJob;
  readonly task: Task;
  readonly actor: Actor;
  readonly disk: Disk;
  /** Runs a line in the very bash that runs the command. */
  exec(script: string, options: ExecInside): Promise<ExecResult>;
  /** Runs a script as somebody else, inside this job. */
  runAs(
    actor: Actor,
    script: string,
    options?: { stdin?: string; env?: Record<string, string>; cwd?: string },
  ): Promise<ExecResult>;
  /** Prepares text that `eval` or `source` brings in. */
  rewrite(text: string, within?: 'trapped'): string;
  /** The functions that the running script has defined, as text. */
  functions(): string;
}

type ExecOptions = Parameters<NonNullable<CommandContext['exec']>>[1];

export type ExecInside = Omit<ExecOptions, 'cwd'> & { readonly context: CommandContext };

/** A command of our own. One file each under `commands/`, listed in `commands/table.ts`. */
export interface HostCommand {
  readonly names: readonly string[];
  /** The package that brings it; absent for what every image has. */
  readonly package?: string;
  run(args: readonly string[], seat: Seat, context: CommandContext, name: string): Promise<ExecResult> | ExecResult;
}

export function printed(stdout: string, exitCode = 0): ExecResult {
  return { stdout, stderr: '', exitCode };
}

export function failed(stderr: string, exitCode = 1): ExecResult {
  return { stdout: '', stderr: stderr.endsWith('\n') ? stderr : `${stderr}\n`, exitCode };
}

/** Splits short flags, long flags and the rest. `valued` names the flags that take a value (`u`, `user`). */
export function readFlags(
  args: readonly string[],
  valued: readonly string[],
): { readonly flags: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const [name, value] = splitOnce(arg.slice(2), '=');
      flags.set(name, value ?? (valued.includes(name) ? (args[++i] ?? '') : ''));
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let at = 1; at < arg.length; at++) {
        const name = arg.charAt(at);
        if (!valued.includes(name)) flags.set(name, '');
        else {
          flags.set(name, at + 1 < arg.length ? arg.slice(at + 1) : (args[++i] ?? ''));
          break;
        }
      }
    } else rest.push(arg);
  }
  return { flags, rest };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Standard input as bytes, one a character: what another script's standard input takes. */
export function inputBytes({ stdin }: CommandContext): string {
  return latin1FromBytes(stdin);
}

export function inputText({ stdin }: CommandContext): string {
  return decodeBytesToUtf8(stdin);
}

export function printedBytes(bytes: Uint8Array): ExecResult {
  return { stdout: Buffer.from(bytes).toString('latin1'), stdoutKind: 'bytes', stderr: '', exitCode: 0 };
}
