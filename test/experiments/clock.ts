import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { Clock, Task } from '../../src/range/clock.ts';
import type { FunctionVersion } from '../../src/range/functions.ts';
import { rootPath } from '../../src/root.ts';
import { type FunctionRange, openFunctionRange, start } from '../functions/range-of-functions.ts';
import { sources } from './clock-functions.ts';

const minute = 60_000;
const hours = 6;

/**
 * Six virtual hours of functions in processes of their own, a long poll, a host's cron and its background job, again and
 * again with one seed. The host is tasks of the clock; the server behind the functions' doors is a small one.
 */
export async function clock(runs: number): Promise<void> {
  const calls = await bundled(sources.calls);
  const hashes = new Set<string>();
  const seconds: number[] = [];
  for (let run = 1; run <= runs; run++) {
    const began = performance.now();
    const trace = await sixHours(calls);
    seconds.push((performance.now() - began) / 1_000);
    hashes.add(createHash('sha256').update(trace.join('\n')).digest('hex'));
    console.log(
      `run ${run}: ${trace.length} lines, ${seconds.at(-1)?.toFixed(2)} s, ${[...hashes].length} different trace(s)`,
    );
  }
  equal(hashes.size, 1, 'expected the same trace from every run');
  const [middle = 0] = seconds.sort((a, b) => a - b).slice(seconds.length >> 1);
  console.log(`${runs} runs of ${hours} virtual hours: one trace, median ${middle.toFixed(2)} s`);
}

async function sixHours(calls: string): Promise<string[]> {
  const trace: string[] = [];
  const world = { revokedBefore: 0, polled: 0 };
  const range = await openFunctionRange((request, body, task, time) => serve(trace, world, request, body, task, time));
  try {
    const versions = {
      calls: await range.version({ 'index.js': calls }, named('calls')),
      waits: await range.version({ 'index.js': sources.waits }, named('waits')),
      polls: await range.version({ 'index.js': sources.polls }, named('polls')),
      revokes: await range.version({ 'index.js': sources.revokes }, named('revokes')),
    };
    const invoke = invoker(range, trace);
    for (let at = 10; at <= hours * 60; at += 10)
      range.clock.at(start + at * minute, () => invoke(versions.calls), 'rule');
    for (const at of [7, 127, 247]) range.clock.at(start + at * minute, () => invoke(versions.waits), 'rule');
    range.clock.at(start + 33 * minute, () => invoke(versions.polls), 'rule');
    range.clock.at(start + 61 * minute, () => invoke(versions.revokes), 'rule');
    host(range.clock, trace);
    await range.clock.advance(start + hours * 60 * minute);
    judge(trace, world.revokedBefore);
    return trace;
  } finally {
    await range.close();
  }
}

const named = (name: string) => ({ name, arn: `arn:aws:lambda:us-west-2:111122223333:function:${name}:$LATEST` });

function invoker(range: FunctionRange, trace: string[]) {
  let count = 0;
  return (version: FunctionVersion) => {
    const requestId = `request-${++count}`;
    const body = async (task: Task) => {
      const credentials = { accessKeyId: 'ASIAROLE', secretAccessKey: 's', sessionToken: 't', expiresAt: start + 1e9 };
      const context = { requestId, task, credentials, logStream: 'log', sourceIp: '203.0.113.9' };
      const { payload, log } = await range.functions.invoke(version, '{}', context);
      trace.push(`${range.clock.now() - start} ${version.name} ${payload}`, ...log.map((line) => JSON.stringify(line)));
    };
    void range.clock.spawn(version.name, body);
  };
}

/** Cron each five minutes, and a job in the background that beats each minute with a little luck. */
function host(clock: Clock, trace: string[]): void {
  const cron = () => {
    void clock.spawn('cron', async (task) => {
      trace.push(`${clock.now() - start} cron begins`);
      await task.sleep(task.random() * 5_000);
      const out = await task.join(
        clock.spawn('ssh', async (there) => {
          await there.sleep(2_000);
          return there.random();
        }),
      );
      trace.push(`${clock.now() - start} cron ends ${out}`);
    });
    clock.at(clock.now() + 5 * minute, cron, 'cron');
  };
  clock.at(start + 5 * minute, cron, 'cron');
  void clock.spawn('background job', async (task) => {
    for (;;) {
      await task.sleep(minute + task.random() * 100);
      trace.push(`${clock.now() - start} beat`);
    }
  });
}

/** What the three kinds of functions must have seen. */
function judge(trace: readonly string[], revokedBefore: number): void {
  const answers = (name: string) =>
    trace
      .filter((line) => new RegExp(`^\\d+ ${name} `).test(line))
      .map((line) => JSON.parse(line.split(' ').slice(2).join(' ')));
  equal(answers('calls').length, hours * 6);
  deepEqual(answers('waits'), [5_000, 5_000, 5_000]);
  deepEqual(answers('polls'), [20_000]);
  equal(revokedBefore, start + 61 * minute, 'new Date() inside a function is virtual');
  deepEqual(answers('revokes'), [{ stolen: 'AccessDenied', renewed: 'ok' }]);
}

async function serve(
  trace: string[],
  world: { revokedBefore: number },
  request: { url?: string | undefined },
  body: string,
  task: Task,
  time: Clock,
): Promise<string> {
  trace.push(`${time.now() - start} ${request.url} ${body.slice(0, 60)}`);
  const url = new URL(request.url ?? '/', 'http://door');
  if (url.pathname === '/poll') await task.sleep(20_000);
  if (url.pathname === '/revoke') world.revokedBefore = Date.parse(body);
  if (url.pathname === '/session') {
    return JSON.stringify(Number(url.searchParams.get('issued')) < world.revokedBefore ? 'AccessDenied' : 'ok');
  }
  return url.pathname === '/' ? identity : '{}';
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><UserId>AROA:s</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** With the SDK inside, as functions are uploaded. */
async function bundled(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: rootPath() };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'cjs', platform: 'node' });
  return outputFiles[0]?.text ?? '';
}
