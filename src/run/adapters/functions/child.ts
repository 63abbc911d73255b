import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Duplex, Readable } from 'node:stream';
import { memoryLookMs, runtimeMb } from './limits.ts';
import type { Start } from './runtime.ts';

/** What the process of a function says on its pipe. */
export interface Said {
  readonly ready?: string;
  readonly ack?: number;
  readonly idle?: { readonly strands: number; readonly until?: number };
  readonly log?: string;
  /** JSON text. */
  readonly result?: string;
  readonly error?: { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] };
}

export type End =
  | { readonly kind: 'exit'; readonly status: number }
  | { readonly kind: 'killed'; readonly why: string };

/** One process of one function, with a pipe of JSON lines in both directions. */
export class Child {
  readonly ended: Promise<End>;
  /** Whoever listens now: the invocation that runs. */
  heard: (said: Said) => void = () => {};
  readonly #process: ChildProcess;
  readonly #pipe: Duplex;
  #why = 'signal';
  #over = false;

  constructor(start: Start, env: Record<string, string>, cwd: string, memoryMb: number) {
    this.#process = spawn(start.command, [...start.args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    // What `stdio` above asks for.
    const [, out, err, pipe] = this.#process.stdio as unknown as [null, Readable, Readable, Duplex];
    this.#pipe = pipe;
    pipe.on('error', () => undefined);
    createInterface({ input: pipe }).on('line', (line) => this.heard(JSON.parse(line) as Said));
    for (const stream of [out, err]) createInterface({ input: stream }).on('line', (log) => this.heard({ log }));
    const watch = setInterval(() => this.#look(memoryMb + runtimeMb), memoryLookMs);
    this.ended = new Promise((resolve) => {
      this.#process.once('error', (error) => resolve({ kind: 'killed', why: error.message }));
      // `close`: after the last line of its output.
      this.#process.once('close', (status) => {
        resolve(status === null ? { kind: 'killed', why: this.#why } : { kind: 'exit', status });
      });
    }).finally(() => {
      this.#over = true;
      clearInterval(watch);
    }) as Promise<End>;
  }

  get over(): boolean {
    return this.#over;
  }

  tell(message: object): void {
    if (!this.#over) this.#pipe.write(`${JSON.stringify(message)}\n`);
  }

  kill(why: string): void {
    this.#why = why;
    this.#process.kill('SIGKILL');
  }

  /** The heap has a flag of its own; buffers and the like only show here. */
  #look(limitMb: number): void {
    if (residentMb(this.#process.pid) > limitMb) this.kill('memory');
  }
}

const pageMb = 4096 / 1024 / 1024;

/** 0 where the system does not say. */
function residentMb(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageMb;
  } catch {
    return 0;
  }
}
