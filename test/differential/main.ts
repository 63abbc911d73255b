// npm run differential -- [flows|packed|patterns|records ...] [--cases 1000000] [--seed N] [--from CASES]
// What was compared is said as it goes, so that a run that was ended can go on with the same seed from there.
import { parseArgs } from 'node:util';
import { compare, comparisons } from './compare.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const stranger = positionals.find((name) => !(name in comparisons));
if (stranger !== undefined) {
  process.stderr.write(`error: there is no comparison "${stranger}"\n  try: ${Object.keys(comparisons).join(', ')}\n`);
  process.exit(2);
}
for (const name of positionals.length > 0 ? positionals : Object.keys(comparisons)) {
  let said = 0;
  const { cases, differences } = compare(name, {
    cases: Number(values.cases),
    seed: Number(values.seed),
    from: Number(values.from),
    progress: (done, found) => {
      process.stderr.write(`\r${name}: ${done} of ${values.cases}, ${found.length} differences`);
      for (const difference of found.slice(said, 20)) process.stdout.write(`\n${difference}\n`);
      said = found.length;
    },
  });
  process.stderr.write('\n');
  process.stdout.write(`${name}: ${cases} cases, ${differences.length} differences\n`);
  if (differences.length > 0) process.exitCode = 1;
}
