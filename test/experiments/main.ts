// npm run experiment clock|store|network [-- --runs N]
import { parseArgs } from 'node:util';
import { type Kind, serveAs } from '../../bench/servers.ts';
import { clock } from './clock.ts';
import { network } from './network.ts';
import { store } from './store.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '10' }, kills: { type: 'string', default: '200' } },
});
const [name = '', ...rest] = positionals;
const experiments: Readonly<Record<string, () => Promise<void>>> = {
  clock: () => clock(Number(values.runs)),
  store: () => store(Number(values.kills)),
  network,
  // What a measured server starts as.
  serve: () => serveAs(rest[0] as Kind),
};
const run = experiments[name];
if (!run) {
  process.stderr.write(`experiment ${JSON.stringify(name)}: expected one of ${Object.keys(experiments).join(', ')}\n`);
  process.exit(2);
}
await run();
