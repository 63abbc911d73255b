import { expect, it } from 'vitest';
import { Sources } from '../open.ts';
import { FlowTable } from './flow-table.ts';

const { flows } = new Sources([]);

it('reads whatever Parquet gives for a value', () => {
  const names = ['start', 'srcaddr', 'bytes', 'ecs_cluster_name'];
  const columns = [
    [1_767_571_200n, new Date('2026-01-05T00:00:01.500Z'), 1_767_571_202],
    ['192.0.2.1', null, ''],
    [12n, 13, undefined],
    ['two words', 'one', 'new\nline'],
  ];
  const batch = new FlowTable(flows, 0, names).read(columns, 100);
  const seen = Array.from({ length: batch.size }, (_, index) => {
    const row = batch.at(index);
    const texts = ['srcaddr', 'ecs-cluster-name'].map((path) => row.text(path));
    return [row.time, ...texts, row.flow?.bytes, row.place.offset];
  });
  expect(batch.problems).toEqual([]);
  expect(seen).toEqual([
    [1_767_571_200_000, '192.0.2.1', 'two_words', 12, 100],
    [1_767_571_201_000, undefined, 'one', 13, 101],
    [1_767_571_202_000, undefined, 'new_line', -1, 102],
  ]);
});

it('names columns that no version has, once', () => {
  const table = new FlowTable(flows, 0, ['start', 'action', 'colour']);
  const read = () => table.read([[1n], ['ACCEPT'], ['red']], 0).problems.map(({ code }) => code);
  expect([read(), read()]).toEqual([['flow-field-unknown'], []]);
});
