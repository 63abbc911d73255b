import type { Task } from './clock.ts';
import type { Credentials } from './sessions.ts';

/** What of a Lambda function a run of it needs. */
export interface FunctionVersion {
  /** With the version: `...:function:name:$LATEST`. Reused processes are told apart by it and by the code's hash. */
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly region: string;
  /** `nodejs20.x`, `python3.12`: runs on what the machine has. */
  readonly runtime: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutS: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The zip file. */
  readonly code: { readonly blob: string; readonly sha256: string };
  readonly logGroup: string;
}

export interface InvocationContext {
  readonly requestId: string;
  /** Holds the clock while the function works, and is parked while it only waits. */
  readonly task: Task;
  /** Of the execution role. Other credentials are another process, as on Lambda. */
  readonly credentials: Credentials;
  readonly logStream: string;
  /** The address that its calls come from. */
  readonly sourceIp: string;
}

export interface LogLine {
  /** Virtual epoch milliseconds. */
  readonly time: number;
  readonly message: string;
}

export interface Outcome {
  /** JSON text: the answer, or `{errorType, errorMessage, trace}`. */
  readonly payload: string;
  /** `FunctionError` of the Invoke answer; undefined when it succeeded. */
  readonly error: 'Unhandled' | undefined;
  readonly log: readonly LogLine[];
}

/** Runs functions. Given to the range by the wiring. */
export interface Functions {
  invoke(version: FunctionVersion, payload: string, context: InvocationContext): Promise<Outcome>;
  /** Ends every process of a function. */
  stop(): Promise<void>;
}
