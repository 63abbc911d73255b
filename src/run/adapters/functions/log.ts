import type { LogLine } from '../../../range/functions.ts';
import { logLinesMax } from './limits.ts';

/** The log of one run, in the form of Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html */
export interface RunLog {
  readonly lines: readonly LogLine[];
  say(message: string): void;
  start(runtime: string): void;
  timedOut(timeoutS: number): void;
  /** Memory that was used is left out: it would differ from run to run. */
  report(durationMs: number, memoryMb: number): void;
}

export function newLog(requestId: string, version: string, now: () => number): RunLog {
  const lines: LogLine[] = [];
  const say = (message: string) => {
    if (lines.length > logLinesMax) return;
    const left = lines.length < logLinesMax ? message : `[yagura] more than ${logLinesMax} lines: the rest is left out`;
    lines.push({ time: now(), message: `${left}\n` });
  };
  return {
    lines,
    say,
    start: (runtime) => say(`START RequestId: ${requestId} Version: ${version} Runtime: ${runtime}`),
    timedOut: (timeoutS) =>
      say(`${new Date(now()).toISOString()} ${requestId} Task timed out after ${timeoutS.toFixed(2)} seconds\n`),
    report(durationMs, memoryMb) {
      say(`END RequestId: ${requestId}`);
      const times = `Duration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms`;
      say(`REPORT RequestId: ${requestId}\t${times}\tMemory Size: ${memoryMb} MB`);
    },
  };
}
