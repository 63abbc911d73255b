// npm run bench [name ...]: what the range costs, each beside what the same run measured; bench/results.json keeps it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { rootPath } from '../src/root.ts';
import { calls } from './calls.ts';
import { detect } from './detect.ts';
import { drill } from './drill.ts';
import { type Figure, isMissed } from './figure.ts';
import { flows } from './flows.ts';
import { hosts } from './hosts.ts';
import { iam } from './iam.ts';
import { memory } from './memory.ts';
import { network } from './network.ts';
import { patterns } from './patterns.ts';
import { self } from './self.ts';
import { type Kind, serveAs } from './servers.ts';
import { start } from './start.ts';
import { fillTrailFolder } from './trail-folder.ts';
import { wire } from './wire.ts';
import { workers } from './workers.ts';

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start,
  calls,
  wire,
  iam,
  network,
  detect,
  workers,
  flows,
  patterns,
  memory,
  hosts,
  drill,
};

async function main(names: readonly string[]): Promise<void> {
  const stranger = names.find((name) => !(name in benches));
  if (stranger !== undefined) {
    console.error(`error BENCH_UNKNOWN: there is no bench "${stranger}"\n  try: ${Object.keys(benches).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const figures: Figure[] = [];
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    for (const figure of await alone(name)) {
      figures.push(figure);
      console.log(lineOf(figure));
    }
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  writeFileSync(rootPath('bench', 'results.json'), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  process.exitCode = figures.some(isMissed) ? 1 : 0;
}

/** In a process of its own: what one bench leaves in memory, and what V8 learnt of its code, changes the next. */
async function alone(name: string): Promise<readonly Figure[]> {
  const child = fork(self, ['alone', name]);
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (!Array.isArray(said)) throw new Error(`the bench ${name} ended with ${said} and told no figure`);
  return said as readonly Figure[];
}

async function runAlone(name: string): Promise<void> {
  const figures = await benches[name]!();
  process.send?.(figures, () => process.disconnect());
}

function lineOf(figure: Figure): string {
  const { name, value, unit, spread, atMost, atLeast, beside } = figure;
  const limit = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : '';
  const shown = `${digits(value)} ${unit}`.padStart(17);
  const around = `(${digits(spread[0])} to ${digits(spread[1])})`;
  return `${name.padEnd(46)}${shown}  ${around.padEnd(20)} ${limit.padEnd(14)} ${isMissed(figure) ? 'MISSED' : ''.padEnd(6)} ${beside}`;
}

function digits(value: number): string {
  return value >= 1_000 ? String(Math.round(value)) : value.toPrecision(3);
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'serve') await serveAs(rest[0] as Kind);
else if (first === 'alone') await runAlone(rest[0]!);
else if (first === 'trail') fillTrailFolder(rest[0]!, Number(rest[1]), Number(rest[2]));
else await main(process.argv.slice(2));
