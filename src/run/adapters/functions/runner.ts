import { cp, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Visit, Wall } from '../../../range/clock.ts';
import type { Functions, FunctionVersion, InvocationContext, Outcome } from '../../../range/functions.ts';
import type { Blobs } from '../../../range/store/port.ts';
import { assetPath } from '../../../root.ts';
import type { Door, Identity } from '../http/door.ts';
import { Child } from './child.ts';
import { runOnce } from './invocation.ts';
import { startMsMax } from './limits.ts';
import { bootOf, clockOf, environmentOf, type Place, startOf } from './runtime.ts';
import { unpack } from './unpack.ts';

export interface RunnerOptions {
  /** Of this range alone, temporary: code and homes of functions. */
  readonly folder: string;
  readonly clock: Clock;
  readonly wall: Wall;
  readonly blobs: Blobs;
  /** The machine's environment; a function gets nothing of it. */
  readonly env: NodeJS.ProcessEnv;
  openDoor(identity: Identity): Promise<Door>;
  readonly wallMsMin?: number;
}

/** A process of a function version, kept for its next run. */
export interface Worker {
  readonly child: Child;
  readonly door: Door;
  /** What its runtime says it is, such as `Node.js v20.20.2`. */
  readonly runtime: string;
  /** Gives each call through its door a share of the hold of the run that goes on. */
  cover: (() => Visit) | undefined;
}

/** Functions in processes of their own: reused per version and credentials, one run at a time in each. */
export async function createFunctions(options: RunnerOptions): Promise<Functions> {
  // What a killed range left there is nobody's.
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  return new ProcessFunctions({ ...options, folder: await realpath(options.folder) });
}

class ProcessFunctions implements Functions {
  readonly #options: RunnerOptions;
  readonly #free = new Map<string, Worker[]>();
  readonly #all = new Set<Worker>();
  readonly #unpacked = new Map<string, Promise<string>>();
  #count = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  async invoke(version: FunctionVersion, payload: string, context: InvocationContext): Promise<Outcome> {
    const kind = JSON.stringify([version, context.credentials.accessKeyId, context.sourceIp]);
    const worker = this.#take(kind) ?? (await this.#start(version, context));
    try {
      return await runOnce(this.#options, worker, version, payload, context);
    } finally {
      if (worker.child.over) this.#all.delete(worker);
      else this.#free.set(kind, [...(this.#free.get(kind) ?? []), worker]);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#all, (worker) => end(worker)));
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  #take(kind: string): Worker | undefined {
    const free = this.#free.get(kind);
    for (let worker = free?.pop(); worker; worker = free?.pop()) if (!worker.child.over) return worker;
    return undefined;
  }

  async #start(version: FunctionVersion, context: InvocationContext): Promise<Worker> {
    const { folder, env, clock } = this.#options;
    const home = join(folder, `home-${++this.#count}`);
    const { kind, main } = bootOf(version.runtime);
    const boot = join(folder, `boot-${this.#count}`);
    const place: Place = { code: await this.#code(version), home, boot: join(boot, main) };
    const start = startOf(version, place, env);
    await mkdir(home, { mode: 0o700 });
    await cp(assetPath('run', 'adapters', 'functions', 'boot', kind), boot, { recursive: true });
    const cover = { current: undefined as Worker['cover'] };
    const door = await this.#options.openDoor({
      sourceIp: context.sourceIp,
      time: clockOf(version.runtime),
      task: () => cover.current?.(),
    });
    const environment = environmentOf(version, context, place, door.url, clock.now());
    const child = new Child(start, environment, home, version.memoryMb);
    const worker: Worker = {
      child,
      door,
      runtime: await ready(child, this.#options.wall),
      get cover() {
        return cover.current;
      },
      set cover(give) {
        cover.current = give;
      },
    };
    this.#all.add(worker);
    void child.ended.then(() => door.close());
    return worker;
  }

  /** Unpacked once, whatever versions and processes use it. */
  #code({ code }: FunctionVersion): Promise<string> {
    const known = this.#unpacked.get(code.sha256);
    if (known) return known;
    const unpacking = this.#unpack(code.blob, join(this.#options.folder, `code-${this.#unpacked.size + 1}`));
    this.#unpacked.set(code.sha256, unpacking);
    return unpacking;
  }

  async #unpack(blob: string, folder: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#options.blobs.read(blob)) chunks.push(chunk);
    await mkdir(folder, { mode: 0o700 });
    await unpack(Buffer.concat(chunks), folder);
    return folder;
  }
}

async function end({ child, door }: Worker): Promise<void> {
  child.kill('stop');
  await child.ended;
  await door.close();
}

/** What the process says when it can take invocations. */
async function ready(child: Child, wall: Wall): Promise<string> {
  const output: string[] = [];
  let cancel = () => {};
  const said = new Promise<string>((resolve, reject) => {
    child.heard = ({ ready: runtime, log }) => {
      if (runtime !== undefined) resolve(runtime);
      else if (log !== undefined) output.push(log);
    };
    const failed = (why: string) =>
      reject(new Error(`a function's process did not start: ${why}\n${output.join('\n')}`));
    void child.ended.then((over) => failed(over.kind === 'exit' ? `exit status ${over.status}` : over.why));
    cancel = wall.later(startMsMax, () => failed(`not ready after ${startMsMax / 1000} s`));
  });
  try {
    return await said;
  } catch (error) {
    child.kill('not ready');
    throw error;
  } finally {
    cancel();
  }
}
