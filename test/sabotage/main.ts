// npm run drill:sabotage [-- part of a name]: spoils the story in each way and prints which expectations broke.
import { outcomeOf } from './outcome.ts';
import { sabotages } from './sabotages.ts';

const [part = ''] = process.argv.slice(2);
let failed = 0;
for (const sabotage of sabotages.filter(({ name }) => name.includes(part))) {
  const { name, broke, wrong } = await outcomeOf(sabotage);
  process.stdout.write(`${name}: ${broke.length === 0 ? 'the drill holds' : `${broke.length} expectations broke`}\n`);
  for (const each of broke) process.stdout.write(`  ✗ ${each.name} (saw: ${each.saw})\n`);
  for (const each of wrong) process.stdout.write(`  WRONG: ${each}\n`);
  failed += wrong.length === 0 ? 0 : 1;
}
process.exitCode = failed === 0 ? 0 : 1;
