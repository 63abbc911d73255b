// A range to be killed: as `yagura start` makes it, with journals so short that they often go into the database.
import { openDoor } from '../../src/run/adapters/http/door.ts';
import { serveGateway } from '../../src/run/adapters/http/gateway.ts';
import { openRange } from '../../src/run/local.ts';
import { outsideAddress } from '../../src/run/outside-address.ts';

const [folder = '', ...flags] = process.argv.slice(2);
const failed = (error: unknown) => {
  console.error(error);
  process.exit(70);
};
const range = await openRange({
  folder,
  sync: flags.includes('sync'),
  seed: 'crash',
  from: Date.now(),
  vintage: 'now',
  journalBytesMax: 16_384,
  crashed: failed,
});
const door = await openDoor({
  identity: { sourceIp: outsideAddress, time: 'wall' },
  serve: serveGateway(range.gateway, range.clock),
  failed,
});
range.clock.pace(1);
process.once('SIGTERM', async () => {
  await door.close();
  await range.close();
});
process.stdout.write(`${door.url}\n`);
