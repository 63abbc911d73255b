// npm run differential -- [patterns|records ...] [--cases 1000000] [--seed N]
import { parseArgs } from 'node:util';
import { compare, comparisons } from './compare.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
const stranger = positionals.find((name) => !(name in comparisons));
if (stranger !== undefined) {
  process.stderr.write(`error: there is no comparison "${stranger}"\n  try: ${Object.keys(comparisons).join(', ')}\n`);
  process.exit(2);
}
for (const name of positionals.length > 0 ? positionals : Object.keys(comparisons)) {
  const { cases, differences } = compare(name, {
    cases: Number(values.cases),
    seed: Number(values.seed),
    progress: (done) => process.stderr.write(`\r${name}: ${done} of ${values.cases}`),
  });
  process.stderr.write('\n');
  for (const difference of differences.slice(0, 20)) process.stdout.write(`${difference}\n`);
  process.stdout.write(`${name}: ${cases} cases, ${differences.length} differences\n`);
  if (differences.length > 0) process.exitCode = 1;
}
