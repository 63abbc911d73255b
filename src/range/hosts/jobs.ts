import type { Task } from '../clock.ts';
import type { Actor } from './disk/disk.ts';

export interface JobResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** A process of a host: a script and everything it runs in the foreground. */
export interface Job {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  readonly command: string;
  readonly startedAt: number;
  readonly status: number | undefined;
  readonly done: Promise<JobResult>;
}

/** The same from inside: what commands of the job use. */
export interface RunningJob extends Job {
  status: number | undefined;
  result: JobResult | undefined;
  readonly actor: Actor;
  readonly abort: AbortController;
  /** Set when the job got the clock; commands run only then. */
  task: Task | undefined;
  /** The signal that ended it. */
  signal: number | undefined;
  /** Loop turns, and the moment at which the count began. */
  turns: number;
  turnsSince: number;
  readonly env: Readonly<Record<string, string>>;
  /** What signals run, by number; 0 is the shell's end. */
  readonly traps: Map<number, string>;
  /** Signals that wait for their trap. */
  readonly pending: number[];
  /** Commands that end early by a signal that a trap takes, or that ends the shell after its trap. */
  readonly wakers: Set<(why: 'trap' | 'fatal') => void>;
  /** The command that runs in it now, as ps shows it. */
  foreground: Foreground | undefined;
}

export interface Foreground {
  readonly command: string;
  readonly actor: Actor;
  readonly startedAt: number;
  /** Given when somebody looks: most commands live for no time at all. */
  pid?: number;
}

/** The processes of a host. Ended ones are kept until their parent has waited, or is gone. */
export class JobTable {
  readonly #jobs = new Map<number, RunningJob>();
  #lastPid = 1000;

  add(make: (pid: number) => RunningJob): RunningJob {
    const job = make(++this.#lastPid);
    this.#jobs.set(job.pid, job);
    return job;
  }

  get(pid: number): RunningJob | undefined {
    return this.#jobs.get(pid);
  }

  /** Number of a process that is too short-lived to be kept: sshd's child, for a log line. */
  newPid(): number {
    return ++this.#lastPid;
  }

  running(): RunningJob[] {
    return [...this.#jobs.values()].filter((job) => job.status === undefined);
  }

  childrenOf(pid: number): RunningJob[] {
    return [...this.#jobs.values()].filter((job) => job.parent === pid);
  }

  /** Its own children may still run, they are the init process's now; what ended unseen is dropped. */
  ended(job: RunningJob): void {
    for (const child of this.childrenOf(job.pid)) if (child.status !== undefined) this.#jobs.delete(child.pid);
    const parent = this.#jobs.get(job.parent);
    if (parent === undefined || parent.status !== undefined) this.#jobs.delete(job.pid);
  }

  clear(): void {
    this.#jobs.clear();
  }
}
