import { gunzipSync } from 'node:zlib';
import { pack } from '../src/detect/detectors/index.ts';
import { exampleWorld } from '../src/detect/example-world.ts';

import { Merge } from '../src/run/merge.ts';
import { Pipeline, pathsOf } from '../src/run/pipeline.ts';
import { Sources } from '../src/sources/open.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';
import { trailFile } from './trail.ts';

const rounds = 7;
const limit = 'gunzip + JSON.parse';

/**
 * The whole pipeline beside the limit: unpacking and parsing the same files. The designs take turns within one process,
 * because the speed of a machine drifts more than they differ.
 */
export async function detect(): Promise<readonly Figure[]> {
  const files = Array.from({ length: 40 }, (_, index) => trailFile(index, 1_000));
  const records = files.length * 1_000;
  const designs = designsOver(files);
  const rates = new Map(Object.keys(designs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(designs)) {
      const seconds = await cpuOf(run);
      // The first round warms up.
      if (round > 0) rates.get(name)!.push(records / seconds);
    }
  }
  const beside = `CPU; ${pack.length} detectors`;
  const ratios = rates.get('the pipeline')!.map((rate, round) => rate / rates.get(limit)![round]!);
  return [
    ...[...rates].map(([name, values]) => figureOf(`detect: ${name}`, values, { unit: 'records/s', beside })),
    figureOf('detect: the pipeline', ratios, { unit: 'x', beside: `the rate of ${limit}` }),
  ];
}

function designsOver(files: readonly Buffer[]): Readonly<Record<string, () => number>> {
  return {
    'gunzip alone': () => files.reduce((sum, file) => sum + unpacked(file).length, 0),
    'gunzip + JSON.parse': () =>
      files.reduce(
        (sum, file) => sum + (JSON.parse(unpacked(file).toString('utf8')) as { Records: unknown[] }).Records.length,
        0,
      ),
    'scan alone': () => {
      const sources = new Sources(pathsOf(pack));
      return files.reduce((sum, file, index) => sum + sources.open(index).read(unpacked(file), true).size, 0);
    },
    'the pipeline': () => {
      const pipeline = new Pipeline({ pack, world: exampleWorld });
      const sources = new Sources(pathsOf(pack));
      let sightings = 0;
      const merge = new Merge((row) => {
        sightings += pipeline.see(row).length;
      });
      for (const [index, file] of files.entries()) {
        merge.add(sources.open(index).read(unpacked(file), true));
        merge.drain(Number.POSITIVE_INFINITY);
      }
      return sightings;
    },
  };
}

function unpacked(file: Buffer): Buffer {
  return gunzipSync(file, { chunkSize: 256 * 1024 });
}
