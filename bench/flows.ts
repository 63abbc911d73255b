import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../src/detect/detectors/index.ts';
import { unpackedAtOnce } from '../src/run/adapters/files/unpack.ts';
import { pathsOf } from '../src/run/pipeline.ts';
import { Sources } from '../src/sources/open.ts';
import { parquetBatches } from '../src/sources/parquet.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';
import { judged } from './judged.ts';
import { listsWorld } from './lists-world.ts';
import { madeFlows, madeParquetFlows } from './made-flows.ts';

/** Long enough for what a run costs once to count little. */
const [rounds, fileCount, perFile, parquetLines] = [7, 144, 20_000, 20_000];
const atLeast = 1_200_000;

/**
 * The whole of `detect` over flow logs: packed text of the default format, with lists of a million and the whole pack.
 * The reading of a Parquet file of the same lines stands beside it.
 */
export async function flows(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-bench-'));
  try {
    const paths = Array.from({ length: fileCount }, (_, index) => {
      const path = join(folder, nameOf(index));
      writeFileSync(path, madeFlows(index, perFile));
      return path;
    });
    return await measured(paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the service names them: four files each ten minutes. */
function nameOf(index: number): string {
  const begin = new Date(Date.UTC(2026, 0, 5) + Math.floor(index / 4) * 600_000);
  const minute = begin.toISOString().replace(/[-:]/g, '').slice(0, 13);
  return `111122223333_vpcflowlogs_us-west-2_fl-0123456789abcdef0_${minute}Z_${index.toString(16).padStart(8, '0')}.log.gz`;
}

async function measured(paths: readonly string[]): Promise<readonly Figure[]> {
  const world = listsWorld();
  const parquet = madeParquetFlows(0, parquetLines);
  const lines = fileCount * perFile;
  const designs: readonly (readonly [name: string, lines: number, run: () => unknown])[] = [
    ['gunzip alone', lines, () => paths.reduce((sum, path) => sum + unpacked(path).length, 0)],
    [
      'reading alone',
      lines,
      () => {
        const sources = new Sources(pathsOf(pack));
        for (const [index, path] of paths.entries()) sources.open(index).read(unpacked(path), true).done?.();
      },
    ],
    ['the pipeline', lines, () => judged(paths, world, 1)],
    ['reading Parquet alone', parquetLines, () => readParquet(parquet)],
  ];
  const rates = designs.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [, count, run]] of designs.entries()) {
      const seconds = await cpuOf(run);
      // The first round warms up.
      if (round > 0) rates[index]!.push(count / seconds);
    }
  }
  return designs.map(([name], index) =>
    figureOf(`flows: ${name}`, rates[index]!, {
      unit: 'lines/s',
      beside: `CPU; ${pack.length} detectors`,
      ...(name === 'the pipeline' ? { atLeast } : {}),
    }),
  );
}

async function readParquet(file: ArrayBuffer): Promise<number> {
  let size = 0;
  for await (const batch of parquetBatches(file, 0, new Sources([]).flows)) size += batch.size;
  return size;
}

function unpacked(path: string): Uint8Array {
  const bytes = unpackedAtOnce(readFileSync(path));
  if (bytes === undefined) throw new Error('a file of the bench is too large to be unpacked at once');
  return bytes;
}
