import { expect, test } from 'vitest';
import { FlowWitness } from './flows.ts';

const record = (action: string, end: number, dstport = 22) => ({
  srcaddr: '10.0.1.5',
  dstaddr: '10.0.0.15',
  dstport,
  action,
  end,
});

const rows: [string, ReturnType<typeof record>[], string | undefined][] = [
  ['the last packet counts', [record('ACCEPT', 1), record('REJECT', 2)], 'REJECT'],
  ['in any order of delivery', [record('REJECT', 2), record('ACCEPT', 1)], 'REJECT'],
  ['what is let in again is accepted', [record('REJECT', 1), record('ACCEPT', 2)], 'ACCEPT'],
  ['sent by one interface, refused by the other: refused', [record('REJECT', 2), record('ACCEPT', 2)], 'REJECT'],
  ['another port is another flow', [record('REJECT', 1, 80)], undefined],
];

test.each(rows)('%s', (_, records, fate) => {
  const witness = new FlowWitness();
  witness.watch();
  for (const each of records) witness.see(each);
  expect(witness.last('10.0.1.5', '10.0.0.15:22')?.fate).toBe(fate);
});

test('who does not watch sees nothing', () => {
  const witness = new FlowWitness();
  witness.see(record('ACCEPT', 1));
  expect(witness.last('10.0.1.5', '10.0.0.15')).toBeUndefined();
});
