import type { AdministratorKey } from '../../src/range/bootstrap.ts';
import { openDoor } from '../../src/run/adapters/http/door.ts';
import { serveGateway } from '../../src/run/adapters/http/gateway.ts';
import { type LocalOptions, type LocalRange, openRange } from '../../src/run/local.ts';

/** What SDK clients of a test are made with: always explicit, never the machine's own. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export interface TestRange extends LocalRange {
  readonly endpoint: string;
  /** For `new XClient(range.as())`: the administrator, or whose keys are given. */
  as(keys?: AdministratorKey & { readonly sessionToken?: string }, region?: string): ClientSettings;
  /** Runs the clock on by this much virtual time: what is due meanwhile happens. */
  pass(ms: number): Promise<void>;
}

export const start = Date.UTC(2026, 0, 5);

/** A range of its own for a test, in memory unless a folder is given, with virtual time at rest at 2026-01-05. */
export async function testRange(options: Partial<LocalOptions> = {}): Promise<TestRange> {
  const failures: unknown[] = [];
  const crashed = (error: unknown) => failures.push(error);
  const range = await openRange({ seed: 'test', from: start, vintage: 'now', crashed, ...options });
  const door = await openDoor({
    identity: { sourceIp: '203.0.113.10', time: 'wall' },
    serve: serveGateway(range.gateway, range.clock),
    failed: crashed,
  });
  return {
    ...range,
    endpoint: door.url,
    as: (keys = range.administrator, region = 'us-west-2') => ({
      region,
      endpoint: door.url,
      credentials: {
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey,
        ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
      },
    }),
    pass: (ms) => range.clock.advance(range.clock.now() + ms),
    async close() {
      await door.close();
      await range.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}
