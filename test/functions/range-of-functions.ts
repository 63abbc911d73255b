import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../src/range/clock/token-clock.ts';
import type { Clock } from '../../src/range/clock.ts';
import type { Functions, FunctionVersion, Outcome } from '../../src/range/functions.ts';
import { wall } from '../../src/run/adapters/clock/wall.ts';
import { createFunctions } from '../../src/run/adapters/functions/runner.ts';
import { openDoor, type Strand } from '../../src/run/adapters/http/door.ts';
import { memoryBlobs } from '../../src/run/adapters/store/blobs.ts';
import { zipOf } from './zip-of.ts';

/** A clock, a runner and a door behind which a test answers: no gateway. */
export interface FunctionRange {
  readonly clock: Clock;
  readonly functions: Functions;
  version(files: Readonly<Record<string, string>>, more?: Partial<FunctionVersion>): Promise<FunctionVersion>;
  /** Runs it as a task and lets time pass as far as it needs. */
  run(version: FunctionVersion, payload?: unknown, accessKeyId?: string): Promise<Outcome>;
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, body: string, task: Strand, clock: Clock) => Promise<string> | string;

export const start = Date.UTC(2026, 0, 5);

export async function openFunctionRange(answer: Answer = () => '{}', wallMsMin = 10_000): Promise<FunctionRange> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-functions-'));
  const clock = createClock({ start, seed: '1', wall });
  const blobs = memoryBlobs();
  const openedDoor = (identity: Parameters<typeof openDoor>[0]['identity']) =>
    openDoor({
      identity,
      failed: (error) => {
        throw error;
      },
      async serve(request, response, { task }) {
        if (!task) throw new Error('a call without a run');
        let body = '';
        for await (const chunk of request) body += chunk;
        response.setHeader('date', new Date(clock.now()).toUTCString());
        response.end(await answer(request, body, task, clock));
      },
    });
  const functions = await createFunctions({
    folder: join(folder, 'functions'),
    clock,
    wall,
    blobs,
    env: process.env,
    openDoor: openedDoor,
    wallMsMin,
  });
  let count = 0;
  return {
    clock,
    functions,
    async version(files, more = {}) {
      const zip = zipOf(files);
      const { file } = await blobs.write(once(zip));
      return {
        arn: 'arn:aws:lambda:us-west-2:111122223333:function:probe:$LATEST',
        name: 'probe',
        version: '$LATEST',
        region: 'us-west-2',
        runtime: 'nodejs20.x',
        handler: 'index.handler',
        memoryMb: 128,
        timeoutS: 60,
        environment: {},
        code: { blob: file, sha256: createHash('sha256').update(zip).digest('hex') },
        logGroup: '/aws/lambda/probe',
        ...more,
      };
    },
    async run(version, payload = {}, accessKeyId = 'ASIAEXAMPLE') {
      const requestId = `request-${++count}`;
      const credentials = {
        accessKeyId,
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiresAt: start + 3_600_000,
      };
      const outcome = clock.spawn('Invoke', (task) =>
        functions.invoke(version, JSON.stringify(payload), {
          requestId,
          task,
          credentials,
          logStream: 'stream',
          sourceIp: '203.0.113.9',
        }),
      );
      let over = false;
      const done = outcome.finally(() => {
        over = true;
      });
      done.catch(() => undefined);
      while (!over) await clock.advance(clock.now() + 100);
      return done;
    },
    async close() {
      clock.stop();
      await functions.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* once(body: Uint8Array) {
  yield body;
}
