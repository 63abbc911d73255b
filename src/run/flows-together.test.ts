import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Detector } from '../detect/detector.ts';
import { pack } from '../detect/detectors/index.ts';
import { exampleWorld } from '../detect/example-world.ts';
import type { Batch } from '../sources/batch.ts';
import { Sources } from '../sources/open.ts';
import { Pipeline, pathsOf } from './pipeline.ts';

// Flows of one second go through the stages together: whoever sees one after the other finds the same.

const accounts = ['111122223333', '444455556666', '777788889999'];
const header =
  'account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start action flow-direction';
const address = fc.constantFrom('10.0.1.5', '10.0.1.6', '203.0.113.9', '198.51.100.7', '2001:db8::1');
const line = fc
  .record({
    account: fc.constantFrom(accounts[0]!, accounts[0]!, accounts[1]!, accounts[2]!),
    interface: fc.constantFrom('eni-1', 'eni-2'),
    from: address,
    to: address,
    fromPort: fc.constantFrom(40_000, 50_000, 22),
    toPort: fc.constantFrom(22, 25, 443, 8_443, 60_000),
    packets: fc.constantFrom(1, 20, 400_000),
    second: fc.nat(3),
    direction: fc.constantFrom('-', '-', 'ingress', 'egress'),
  })
  .map(
    (each) =>
      `${each.account} ${each.interface} ${each.from} ${each.to} ${each.fromPort} ${each.toPort} 6 ${each.packets} ` +
      `${each.packets * 50} ${1_767_571_200 + each.second} ACCEPT ${each.direction}`,
  );

it('finds the same in flows together as one by one', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 60 }),
      fc.array(fc.nat(), { maxLength: 9 }),
      (once, again) => {
        const lines = [...once, ...again.map((index) => once[index % once.length]!)];
        const text = Buffer.from([header, ...lines, ''].join('\n'));
        const [together, alone] = [run(text, seeTogether), run(text, seeAlone)];
        expect(together.said).toEqual(alone.said);
        expect(together.known.map(({ address }) => address)).toEqual(alone.known.map(({ address }) => address));
        expect(together.counted).toEqual(alone.counted);
        expect(together.counted).toEqual([new Set(lines).size, lines.length - new Set(lines).size]);
      },
    ),
  );
});

it('knows whose the logs are by every flow of them', () => {
  // All in one second, and one later, which asks by another port.
  const lines = [...accounts, accounts[0]].map(
    (account, index) =>
      `${account} eni-1 10.0.1.5 203.0.113.9 50000 ${8_443 + index} 6 9 900 176757120${index === 3 ? 1 : 0} ACCEPT -`,
  );
  const { known } = run(Buffer.from([header, ...lines, ''].join('\n')), seeTogether);
  expect(known.at(-1)?.own).toEqual([true, true, true]);
});

type See = (pipeline: Pipeline, batch: Batch) => readonly unknown[];

/** What is said of a piece, how much is counted, and what is known where an interface opens a port for the first time. */
function run(text: Buffer, see: See) {
  const known: { readonly own: readonly (boolean | undefined)[]; readonly address: number | undefined }[] = [];
  const [one] = pack.filter((detector) => detector.about.on.traffic === 'port');
  const asks: Detector = {
    ...one!,
    id: 'asks',
    concerns: ({ flow, time }, { facts }) => {
      const own = accounts.map((account) => facts.isOwn(account));
      known.push({ own, address: facts.addressOf?.(flow?.owner ?? 0, time) });
      return undefined;
    },
  };
  const pipeline = new Pipeline({ pack: [...pack, asks], world: exampleWorld });
  const batch = new Sources(pathsOf(pack)).open(0).read(text, true);
  const said = see(pipeline, batch);
  return { said, known, counted: [pipeline.activities, pipeline.duplicates] };
}

function seeAlone(pipeline: Pipeline, batch: Batch) {
  return Array.from({ length: batch.size }, (_, index) => pipeline.see(batch.at(index))).flat();
}

function seeTogether(pipeline: Pipeline, batch: Batch) {
  const flows = batch.flows!;
  const said: unknown[] = [];
  for (let first = 0, end = 0; first < batch.size; first = end) {
    while (end < batch.size && flows.times[end] === flows.times[first]) end++;
    const picked = pipeline.leaveFlows(flows, first, end, (row) => batch.at(row));
    for (let index = 0; index < picked.count; index++) {
      said.push(...pipeline.seeFlow(batch.at(picked.rows[index]!), picked.marks[index]!));
    }
  }
  return said;
}
