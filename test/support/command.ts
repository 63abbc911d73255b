import { spawn } from 'node:child_process';
import { rootPath } from '../../src/root.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves when it has written this many lines to its output. */
  lines(count: number): Promise<void>;
  /** Resolves when its output has this text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** `yagura ...` as a process of its own, with nothing of the machine's environment but what is given. */
export function yagura(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [rootPath('bin', 'yagura.mjs'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  let heard = () => {};
  const until = (told: () => boolean) =>
    new Promise<void>((resolve) => {
      heard = () => {
        if (told()) resolve();
      };
      heard();
      void ended.then(() => resolve());
    });
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString();
    heard();
  });
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return {
    pid: child.pid ?? 0,
    lines: (count) => until(() => out.split('\n').length > count),
    says: (text) => until(() => out.includes(text)),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
