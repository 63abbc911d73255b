// npm run crash -- --kills 200 [--seed N] [--sync] [--control]
import { parseArgs } from 'node:util';
import { killAgainAndAgain } from './kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    sync: { type: 'boolean', default: false },
    control: { type: 'boolean', default: false },
  },
});
const report = await killAgainAndAgain({
  kills: Number(values.kills),
  seed: values.seed,
  sync: values.sync,
  broken: values.control,
  progress: (kill) => process.stderr.write(`\r${kill} of ${values.kills} kills`),
});
process.stderr.write('\n');
for (const fault of report.faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.stdout.write(
  `${report.kills} kills, ${report.answered} answers, ${report.faults.length} faults, ${report.twice} notices twice\n`,
);
process.exitCode = report.faults.length === 0 ? 0 : 1;
