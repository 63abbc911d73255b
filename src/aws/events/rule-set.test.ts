import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';
import { RuleSet } from './rule-set.ts';

function setOf(...patterns: readonly unknown[]): RuleSet<number> {
  const set = new RuleSet<number>();
  for (const [index, pattern] of patterns.entries()) set.add(index, compilePattern(JSON.stringify(pattern)));
  return set;
}

const bytes = (event: unknown) => Buffer.from(JSON.stringify(event));

describe('an event in bytes', () => {
  it('is asked by sets in turn', () => {
    const [a, b] = [setOf({ a: ['x'] }, { a: ['y'] }), setOf({ b: { c: ['x'] } }, { a: [{ exists: true }] })];
    for (const [event, ofA, ofB] of [
      [{ a: 'x' }, [0], [1]],
      [{ b: { c: 'x' } }, [], [0]],
      [{ a: 'y', b: { c: 'x' } }, [1], [0, 1]],
    ] as const) {
      expect(a.matchBytes(bytes(event))).toEqual(ofA);
      expect(b.matchBytes(bytes(event))).toEqual(ofB);
    }
  });

  it('may be larger than what was held before, and smaller again', () => {
    const [a, b] = [setOf({ a: ['x'] }), setOf({ b: [{ prefix: 'long' }] })];
    const large = bytes({ b: `long${'{"]'.repeat(3_000_000)}`, a: 'x' });
    for (const event of [bytes({ a: 'x' }), large, bytes({ a: 'x', b: 'lon' })]) {
      expect(a.matchBytes(event)).toEqual([0]);
      expect(b.matchBytes(event)).toEqual(event === large ? [0] : []);
    }
  });

  it('has two lists where two are written alike, and the same again in the next event', () => {
    const set = setOf({ l: { a: [1], b: [2] } }, { l: { a: [1] }, m: { b: [2] } });
    const list = [{ a: 1 }, { b: 2 }];
    for (let time = 0; time < 3; time++) expect(set.matchBytes(bytes({ l: list, m: list }))).toEqual([1]);
    expect(set.matchBytes(bytes({ l: [{ a: 1, b: 2 }], m: list }))).toEqual([0, 1]);
    expect(set.matchBytes(bytes({ l: list, m: [{ b: 'é' }] }))).toEqual([]);
  });

  it.each(['', '{', '{"a":"x"', '{"a":"x",', '{"a":"x"}}', '{"a":"x\\', '{"a":"x"} {', '{"a"x}', '[{"a":"x"}'])(
    'that is broken where rules ask is refused as JSON.parse does: %s',
    (text) => expect(() => setOf({ a: ['x'] }).matchBytes(Buffer.from(text))).toThrow(SyntaxError),
  );
});
