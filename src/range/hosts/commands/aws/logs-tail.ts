import type { ExecResult } from 'just-bash';
import { printed } from '../../seat.ts';
import { callAws } from './call.ts';
import { misused } from './errors.ts';
import type { Session } from './session.ts';

interface Tailing {
  readonly group: string;
  readonly streams: readonly string[];
  readonly prefix: string | undefined;
  readonly pattern: string | undefined;
  readonly format: string;
  readonly follow: boolean;
  readonly sinceMs: number;
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** How often `--follow` looks. Observed, not documented. */
const followMs = 5000;

/** https://awscli.amazonaws.com/v2/documentation/api/latest/reference/logs/tail.html */
export async function tail(session: Session, args: readonly string[]): Promise<ExecResult> {
  const { seat } = session;
  const { clock } = seat.host.ports;
  const wanted = readTailing(args, clock.now());
  const seen = new Set<string>();
  let from = wanted.sinceMs;
  let output = '';
  for (;;) {
    let token: unknown;
    do {
      const answer = await callAws(session, 'logs', 'FilterLogEvents', inputOf(wanted, from, token), {
        command: 'logs.tail',
      });
      for (const one of (answer['events'] ?? []) as readonly LogEvent[]) {
        const key = one.eventId ?? `${one.logStreamName} ${one.timestamp} ${one.message}`;
        if (seen.has(key)) continue;
        seen.add(key);
        from = Math.max(from, one.timestamp ?? 0);
        output += `${lineOf(one, wanted.format)}\n`;
      }
      token = answer['nextToken'];
    } while (token !== undefined);
    if (!wanted.follow) return printed(output);
    await seat.task.sleep(followMs, seat.job.abort.signal);
    if (seat.job.abort.signal.aborted) return printed(output, 130);
  }
}

interface LogEvent {
  readonly eventId?: string;
  readonly logStreamName?: string;
  readonly timestamp?: number;
  readonly message?: string;
}

function inputOf({ group, streams, prefix, pattern }: Tailing, startTime: number, nextToken: unknown) {
  return {
    logGroupName: group,
    interleaved: true,
    startTime,
    ...(streams.length === 0 ? {} : { logStreamNames: streams }),
    ...(prefix === undefined ? {} : { logStreamNamePrefix: prefix }),
    ...(pattern === undefined ? {} : { filterPattern: pattern }),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

function lineOf({ timestamp = 0, logStreamName = '', message = '' }: LogEvent, format: string): string {
  const text = message.replace(/\n$/, '');
  const time = new Date(timestamp).toISOString();
  if (format === 'short') return `${time.slice(0, 19)} ${text}`;
  return `${time.slice(0, 23)}000+00:00 ${logStreamName} ${text}`;
}

function readTailing(args: readonly string[], now: number): Tailing {
  const values = new Map<string, string>();
  const places: string[] = [];
  const streams: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const name = arg.replace(/^--/, '');
    if (!arg.startsWith('--')) places.push(arg);
    else if (name === 'follow') values.set(name, '');
    else if (name === 'log-stream-names')
      while (args[at + 1] !== undefined && !args[at + 1]!.startsWith('--')) streams.push(args[++at]!);
    else if (['since', 'format', 'filter-pattern', 'log-stream-name-prefix'].includes(name)) {
      const value = args[++at];
      if (value === undefined) throw misused(`aws: error: argument ${arg}: expected one argument`);
      values.set(name, value);
    } else throw misused(`Unknown options: ${arg}`);
  }
  const [group] = places;
  if (group === undefined) throw misused('aws: error: the following arguments are required: group_name');
  const since = values.get('since') ?? '10m';
  const relative = /^(\d+)([smhdw])$/.exec(since);
  const sinceMs = relative === null ? Date.parse(since) : now - Number(relative[1]) * (units[relative[2] ?? 's'] ?? 0);
  if (Number.isNaN(sinceMs)) throw misused(`aws: error: argument --since: "${since}" is neither a time nor like 10m`);
  const format = values.get('format') ?? 'detailed';
  if (format !== 'short' && format !== 'detailed')
    throw misused(`aws: error: argument --format: "${format}" is not modelled: use short or detailed`);
  return {
    group,
    streams,
    prefix: values.get('log-stream-name-prefix'),
    pattern: values.get('filter-pattern'),
    format,
    follow: values.has('follow'),
    sinceMs,
  };
}
