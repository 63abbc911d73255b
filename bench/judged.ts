import { pack } from '../src/detect/detectors/index.ts';
import type { World } from '../src/detect/world.ts';
import { type DetectReport, detectLogs } from '../src/run/detect-logs.ts';

/** The whole of `detect` over these files, and nobody listens. */
export function judged(files: readonly string[], world: World, workers: number): Promise<DetectReport> {
  const nothing = () => undefined;
  return detectLogs({ files, pack, world, workers, found: nothing, problem: nothing, progress: nothing });
}
