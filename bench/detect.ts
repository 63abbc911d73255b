import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { pack } from '../src/detect/detectors/index.ts';
import type { World } from '../src/detect/world.ts';
import { unpackedAtOnce } from '../src/run/adapters/files/unpack.ts';
import { type DetectReport, detectLogs } from '../src/run/detect-logs.ts';
import { pathsOf } from '../src/run/pipeline.ts';
import { Sources } from '../src/sources/open.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';
import { listsWorld } from './lists-world.ts';
import { trailFile } from './trail.ts';

/** Long enough for what a run costs once to count little. */
const [rounds, fileCount, perFile] = [7, 360, 1_000];
/** Node takes a fifth of a second to start a thread. */
const wallFiles = 720;
const limit = 'gunzip + JSON.parse';

/**
 * The whole of `detect` over files beside the limit: unpacking and parsing the same. The designs take turns within one
 * process, because the speed of a machine drifts more than they differ.
 */
export async function detect(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
  try {
    const files = Array.from({ length: wallFiles }, (_, index) => {
      const minute = new Date(Date.UTC(2026, 0, 5) + index * 83_000).toISOString().replace(/[-:]/g, '').slice(0, 13);
      const name = `111122223333_CloudTrail_us-west-2_${minute}Z_${String(index).padStart(16, 'x')}.json.gz`;
      writeFileSync(join(folder, name), trailFile(index, perFile));
      return join(folder, name);
    });
    const world = listsWorld();
    return [...(await beside(files.slice(0, fileCount), world)), await workers(files, world)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function beside(files: readonly string[], world: World): Promise<readonly Figure[]> {
  const records = files.length * perFile;
  const designs = designsOver(files, world);
  const rates = new Map(Object.keys(designs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(designs)) {
      asByItself();
      const seconds = await cpuOf(run);
      // The first round warms up.
      if (round > 0) rates.get(name)!.push(records / seconds);
    }
  }
  const with_ = `CPU; ${pack.length} detectors`;
  const ratios = rates.get('the pipeline')!.map((rate, round) => rate / rates.get(limit)![round]!);
  return [
    ...[...rates].map(([name, values]) => figureOf(`detect: ${name}`, values, { unit: 'records/s', beside: with_ })),
    figureOf('detect: the pipeline', ratios, { unit: 'x', atLeast: 1, beside: `the rate of ${limit}` }),
  ];
}

/** No design runs under what another asked of V8: `detect` bounds the heap, and leaves that so where room was short. */
function asByItself(): void {
  setFlagsFromString('--heap-growing-percent=0');
  setFlagsFromString('--no-optimize-for-size');
}

function designsOver(files: readonly string[], world: World): Readonly<Record<string, () => unknown>> {
  return {
    'gunzip alone': () => files.reduce((sum, path) => sum + unpacked(path).length, 0),
    'gunzip + JSON.parse': () => files.reduce((sum, path) => sum + parsed(path), 0),
    'scan alone': () => {
      const sources = new Sources(pathsOf(pack));
      return files.reduce((sum, path, index) => {
        const batch = sources.open(index).read(unpackedAtOnce(readFileSync(path))!, true);
        batch.done?.();
        return sum + batch.size;
      }, 0);
    },
    'the pipeline': () => found(files, world, 1),
  };
}

/** By the clock: what a second thread gives to who waits. */
async function workers(paths: readonly string[], world: World): Promise<Figure> {
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [one, two] = [await secondsOf(paths, world, 1), await secondsOf(paths, world, 2)];
    if (round > 0) ratios.push(one / two);
  }
  return figureOf('detect: 2 workers', ratios, { unit: 'x', atLeast: 1.4, beside: 'the rate of 1, by the clock' });
}

async function secondsOf(paths: readonly string[], world: World, count: number): Promise<number> {
  const began = performance.now();
  await found(paths, world, count);
  return (performance.now() - began) / 1_000;
}

function found(files: readonly string[], world: World, count: number): Promise<DetectReport> {
  const nothing = () => undefined;
  return detectLogs({ files, pack, world, workers: count, found: nothing, problem: nothing, progress: nothing });
}

function parsed(path: string): number {
  return (JSON.parse(unpacked(path).toString('utf8')) as { Records: unknown[] }).Records.length;
}

function unpacked(path: string): Buffer {
  return gunzipSync(readFileSync(path), { chunkSize: 256 * 1024 });
}
