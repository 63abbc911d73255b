import { derivedForm } from '../src/aws/findings/guardduty.ts';
import { Stories } from '../src/correlate/stories.ts';
import { pack } from '../src/detect/detectors/index.ts';
import { hub } from '../src/findings/hub.ts';
import { memoryStore } from '../src/findings/store.ts';
import { unpackedAtOnce } from '../src/run/adapters/files/unpack.ts';
import { latenessMs, Merge } from '../src/run/merge.ts';
import { Pipeline, pathsOf } from '../src/run/pipeline.ts';
import type { Batch } from '../src/sources/batch.ts';
import { Sources } from '../src/sources/open.ts';
import { parquetBatches } from '../src/sources/parquet.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';
import { listsWorld } from './lists-world.ts';
import { madeFlows, madeParquetFlows } from './made-flows.ts';

const rounds = 7;
const atLeast = 1_200_000;
const ofParquet = 'reading Parquet alone';
const parquetLines = 20_000;

/**
 * Flow logs through the whole pipeline: packed text of the default format, with lists of a million and the whole pack.
 * The reading of a Parquet file of the same lines stands beside it.
 */
export async function flows(): Promise<readonly Figure[]> {
  const files = Array.from({ length: 24 }, (_, index) => madeFlows(index, 20_000));
  const lines = files.length * 20_000;
  const world = listsWorld();
  const parquet = madeParquetFlows(0, parquetLines);
  const designs: Readonly<Record<string, () => unknown>> = {
    'gunzip alone': () => files.reduce((sum, file) => sum + unpacked(file).length, 0),
    'reading alone': () => {
      const sources = new Sources(pathsOf(pack));
      for (const [index, file] of files.entries()) sources.open(index).read(unpacked(file), true).done?.();
    },
    'the pipeline': () => detectIn(files, world),
    [ofParquet]: () => readParquet(parquet),
  };
  const rates = new Map(Object.keys(designs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(designs)) {
      const seconds = await cpuOf(run);
      // The first round warms up.
      if (round > 0) rates.get(name)!.push((name === ofParquet ? parquetLines : lines) / seconds);
    }
  }
  return [...rates].map(([name, values]) =>
    figureOf(`flows: ${name}`, values, {
      unit: 'lines/s',
      beside: `CPU; ${pack.length} detectors`,
      ...(name === 'the pipeline' ? { atLeast } : {}),
    }),
  );
}

async function readParquet(file: ArrayBuffer): Promise<number> {
  let size = 0;
  for await (const batch of parquetBatches(file, 0)) size += batch.size;
  return size;
}

/** As `detect` runs over files, whose order is that of their names. */
export function detectIn(files: readonly Buffer[], world: ReturnType<typeof listsWorld>): number {
  const pipeline = new Pipeline({ pack, world, correlator: new Stories() });
  const sources = new Sources(pathsOf(pack));
  const store = memoryStore();
  const findings = hub(store, derivedForm);
  const merge = new Merge((row) => {
    const seen = pipeline.see(row);
    if (seen.length > 0) pipeline.settle(seen, findings, row.time);
  });
  for (const [index, file] of files.entries()) {
    const batch: Batch = sources.open(index).read(unpacked(file), true);
    merge.drain(batch.timeAt(0) - latenessMs);
    merge.add(batch);
  }
  merge.drain(Number.POSITIVE_INFINITY);
  return [...store.everything()].length;
}

function unpacked(file: Buffer): Uint8Array {
  const bytes = unpackedAtOnce(file);
  if (bytes === undefined) throw new Error('a file of the bench is too large to be unpacked at once');
  return bytes;
}
