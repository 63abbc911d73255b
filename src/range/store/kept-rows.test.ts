import { describe, expect, it } from 'vitest';
import { keeping } from './kept-rows.ts';
import { keptCharactersMax, keptListRowsMax, keptRowCharactersMax } from './limits.ts';
import { newLayer } from './overlay.ts';
import { SortedMap } from './sorted-map.ts';

/** A base that counts how often it is read, and a commit that changes it. */
function counted(rows: Readonly<Record<string, unknown>>) {
  const map = new SortedMap<string>();
  for (const [key, value] of Object.entries(rows)) map.set(key, JSON.stringify(value));
  const reads: string[] = [];
  const kept = keeping({
    get: (_table, key) => {
      reads.push(key);
      return map.get(key);
    },
    range: (_table, range) => {
      reads.push(`${range.prefix}*`);
      return map.range(range);
    },
    version: () => map.version,
  });
  const commit = (key: string, value: unknown) => {
    const written = newLayer();
    written.state.set(key, value === undefined ? null : JSON.stringify(value));
    if (value === undefined) map.delete(key);
    else map.set(key, JSON.stringify(value));
    kept.forget(written);
  };
  const get = (key: string) => plain(kept.get('state', key));
  const list = (prefix: string) => [...kept.range('state', { prefix })].map(([key, cell]) => [key, plain(cell)]);
  return { kept, reads, commit, get, list };
}

function plain(cell: unknown): unknown {
  if (typeof cell === 'string') return JSON.parse(cell);
  return typeof cell === 'object' && cell !== null && 'value' in cell ? cell.value : (cell ?? undefined);
}

const row = 'a/r/iam/role/one';
const list = 'a/r/iam/role/';

describe('kept rows', () => {
  it('reads a row and a list once', () => {
    const { reads, get, list: all } = counted({ [row]: { n: 1 } });
    expect([get(row), get(row), all(list), all(list)]).toEqual([
      { n: 1 },
      { n: 1 },
      [[row, { n: 1 }]],
      [[row, { n: 1 }]],
    ]);
    expect(reads).toEqual([row, `${list}*`]);
  });

  it.each([
    ['changed', row, { n: 2 }, { n: 2 }, [[row, { n: 2 }]]],
    ['removed', row, undefined, undefined, []],
    [
      'one more in its list',
      `${row}-more`,
      5,
      { n: 1 },
      [
        [row, { n: 1 }],
        [`${row}-more`, 5],
      ],
    ],
  ])('forgets what is %s', (_name, key, value, then, listed) => {
    const { commit, get, list: all } = counted({ [row]: { n: 1 } });
    get(row);
    all(list);
    commit(key, value);
    expect(get(row)).toEqual(then);
    expect(all(list)).toEqual(listed);
  });

  it('forgets every list that a row may lie in', () => {
    const { commit, list: all } = counted({ [row]: 1 });
    const lists = [list, `${list}o`, `${list}z`];
    expect(lists.map((prefix) => all(prefix).length)).toEqual([1, 1, 0]);
    commit(`${list}other`, 2);
    expect(lists.map((prefix) => all(prefix).length)).toEqual([2, 2, 0]);
  });

  it('sees a row that was not there', () => {
    const { commit, get, list: all } = counted({});
    expect([get(row), all(list)]).toEqual([undefined, []]);
    commit(row, 1);
    expect([get(row), all(list)]).toEqual([1, [[row, 1]]]);
  });

  it('gives everybody a row that nobody can change', () => {
    const { get } = counted({ [row]: { deep: { list: [1] } } });
    const found = get(row) as { deep: { list: number[] } };
    expect(() => found.deep.list.push(2)).toThrow(TypeError);
  });

  it('keeps the others, however often a row is written', () => {
    const text = 'x'.repeat(keptRowCharactersMax - 2);
    const { reads, commit, get } = counted({ [row]: 1, other: text });
    get(row);
    for (let times = 0; times <= keptCharactersMax / text.length; times++) {
      get('other');
      commit('other', text);
    }
    get(row);
    expect(reads.filter((read) => read === row)).toHaveLength(1);
  });

  it('keeps no more than its limit', () => {
    const text = 'x'.repeat(keptRowCharactersMax - 2);
    const many = Array.from({ length: keptCharactersMax / text.length + 1 }, (_, at) => `b/r/s/k/${at}`);
    const { reads, get } = counted({ [row]: 1, ...Object.fromEntries(many.map((key) => [key, text])) });
    for (const key of [row, ...many, row]) get(key);
    expect(reads.filter((read) => read === row)).toHaveLength(2);
  });

  it('keeps neither long rows nor long lists', () => {
    const long = 'x'.repeat(keptRowCharactersMax);
    const many = Object.fromEntries(Array.from({ length: keptListRowsMax + 1 }, (_, at) => [`b/r/s/k/${at}`, at]));
    const { reads, get, list: all } = counted({ [row]: long, ...many });
    expect([get(row), get(row)]).toEqual([long, long]);
    expect([all('b/r/s/k/').length, all('b/r/s/k/').length]).toEqual([keptListRowsMax + 1, keptListRowsMax + 1]);
    expect(reads.filter((read) => read === row)).toHaveLength(2);
  });
});
