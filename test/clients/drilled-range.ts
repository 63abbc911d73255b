import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '../../scripts/clients.mjs';
import { rootPath } from '../../src/root.ts';
import { loadDrill } from '../../src/run/drill/load.ts';
import { openDrillRange } from '../../src/run/drill/run-drill.ts';
import { serve } from '../../src/run/serve.ts';
import { start } from '../support/range.ts';
import { type Ran, run, type StartedRange } from './started-range.ts';

/** A range in which a drill was played, open as `npm start` leaves it; but its clock rests until it is moved. */
export interface DrilledRange extends Omit<StartedRange, 'yaguraWith'> {
  /** The virtual time, as AWS writes it in a policy. */
  now(): string;
  /** Lets this much virtual time go by. */
  pass(ms: number): Promise<void>;
}

export async function drilledRange(name: string): Promise<DrilledRange> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-by-hand-'));
  const own = { ...bareEnvironment, HOME: folder, TMPDIR: folder };
  const failures: unknown[] = [];
  const failed = (error: unknown) => failures.push(error);
  const options = { seed: 1, from: start, env: own, tell: () => {}, doing: () => {}, failed };
  const drill = await openDrillRange(loadDrill(name, '.'), options);
  await drill.play();
  const serving = await serve(drill.range, { port: 0, region: 'us-west-2', env: own, failed });
  const { clock, administrator } = drill.range;
  const bin = rootPath('bin', 'yagura.mjs');
  const pass = (ms: number) => clock.advance(clock.now() + ms);
  return {
    endpoint: serving.endpoint,
    env: {
      ...own,
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
      AWS_ENDPOINT_URL: serving.endpoint,
    },
    folder,
    now: () => new Date(clock.now()).toISOString(),
    pass,
    async yagura(...args): Promise<Ran> {
      // What waits for the range must see its time go by.
      const rest = clock.pace(60);
      return run(process.execPath, [bin, ...args, '--port', String(serving.port)], own).finally(rest);
    },
    async end() {
      await serving.close();
      await drill.end();
      rmSync(folder, { recursive: true, force: true });
      if (failures.length > 0) throw failures[0];
    },
  };
}
