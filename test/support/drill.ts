import type { Detector } from '../../src/detect/detector.ts';
import type { DrillResult } from '../../src/drill/result.ts';
import { loadDrill } from '../../src/run/drill/load.ts';
import { openDrillRange } from '../../src/run/drill/run-drill.ts';

export interface Playing {
  readonly seed?: number;
  readonly account?: string;
  readonly pack?: readonly Detector[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Plays a drill in this process, as `drill run` does, and ends its range. What the range could not do is thrown. */
export async function played(nameOrFile: string, playing: Playing = {}): Promise<DrillResult> {
  const failures: unknown[] = [];
  const { seed = 1, env = process.env, ...more } = playing;
  const drill = await openDrillRange(loadDrill(nameOrFile, process.cwd()), {
    ...more,
    seed,
    env,
    from: Date.UTC(2026, 0, 5),
    tell: () => {},
    doing: () => {},
    failed: (error) => failures.push(error),
  });
  const result = await drill.play().finally(() => drill.end());
  if (failures.length > 0) throw failures[0];
  return result;
}

/** The bytes that one seed decides: all but how long the machine took. */
export function bytesOf(result: DrillResult): string {
  return JSON.stringify({ ...result, realSeconds: 0 });
}
