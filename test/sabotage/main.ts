// npm run drill:sabotage [-- part of a drill's or sabotage's name]: spoils the stories in each way, and prints which
// expectations broke, then a table. Ends with 1 when something held or broke that must not.
import { tableOf } from '../../src/cli/table.ts';
import { outcomeOf } from './outcome.ts';
import { sabotages } from './sabotages.ts';

const [part = ''] = process.argv.slice(2);
const chosen = sabotages.filter(({ drill, name }) => `${drill}: ${name}`.includes(part));
const rows: (readonly string[])[] = [['DRILL', 'SABOTAGE', 'BROKE', 'AS IT MUST']];
let wrongs = 0;
for (const { drill, name, ...how } of chosen) {
  const { expectations, broke, wrong } = await outcomeOf({ drill, name, ...how });
  rows.push([drill, name, `${broke.length} of ${expectations.length}`, wrong.length === 0 ? 'yes' : 'NO']);
  process.stdout.write(`${drill}: ${name}: ${broke.length === 0 ? 'the drill holds' : 'the drill fails'}\n`);
  for (const each of broke) process.stdout.write(`  ✗ ${each.name} (saw: ${each.saw})\n`);
  for (const each of wrong) process.stdout.write(`  WRONG: ${each}\n`);
  wrongs += wrong.length;
}
// A range whose answer never comes can leave a timer behind: all is said, so nothing is waited for.
process.stdout.write(`\n${tableOf(rows)}\n`, () => process.exit(wrongs === 0 && chosen.length > 0 ? 0 : 1));
