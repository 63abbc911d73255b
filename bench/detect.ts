import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { pack } from '../src/detect/detectors/index.ts';
import type { World } from '../src/detect/world.ts';
import { unpackedAtOnce } from '../src/run/adapters/files/unpack.ts';
import { pathsOf } from '../src/run/pipeline.ts';
import { Sources } from '../src/sources/open.ts';
import { cpuOf, type Figure, figureOf, ratiosOf } from './figure.ts';
import { judged } from './judged.ts';
import { listsWorld } from './lists-world.ts';
import { trailFolder } from './trail-folder.ts';

/** Long enough for what a run costs once to count little. */
const [rounds, fileCount, perFile] = [7, 360, 1_000];
const limit = 'gunzip + JSON.parse';

/**
 * The whole of `detect` over files beside the limit: unpacking and parsing the same. The designs take turns within one
 * process, because the speed of a machine drifts more than they differ.
 */
export async function detect(): Promise<readonly Figure[]> {
  const { paths, remove } = await trailFolder(fileCount, perFile);
  try {
    return await beside(paths, listsWorld());
  } finally {
    remove();
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
  const ratios = ratiosOf(rates.get('the pipeline')!, rates.get(limit)!);
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
    'the pipeline': () => judged(files, world, 1),
  };
}

function parsed(path: string): number {
  return (JSON.parse(unpacked(path).toString('utf8')) as { Records: unknown[] }).Records.length;
}

function unpacked(path: string): Buffer {
  return gunzipSync(readFileSync(path), { chunkSize: 256 * 1024 });
}
