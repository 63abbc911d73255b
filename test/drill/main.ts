// npm run drill:repeat [-- --runs 100] [--seed N] [--drill name or file]: many runs of one seed must be one text.
import { parseArgs } from 'node:util';
import { bytesOf, played } from '../support/drill.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    drill: { type: 'string', default: 'stolen-keys' },
  },
});
const counts = new Map<string, number>();
let held = true;
for (let run = 1; run <= Number(values.runs); run++) {
  process.stderr.write(`\r${run} of ${values.runs} runs`);
  const result = await played(values.drill, { seed: Number(values.seed) });
  held &&= result.held;
  const bytes = bytesOf(result);
  counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
}
process.stderr.write('\n');
const alike = counts.size === 1 ? 'all the same to the byte' : `${counts.size} different ones`;
process.stdout.write(`${values.runs} runs, ${alike}, ${held ? 'all held' : 'not all held'}\n`);
process.exitCode = counts.size === 1 && held ? 0 : 1;
