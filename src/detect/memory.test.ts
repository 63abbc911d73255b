import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { Keys, Memory, Room } from './memory.ts';

const keys = new Keys();
const hour = 3_600_000;

describe('state of detectors', () => {
  it('is given up by who holds most, the longest untouched first', () => {
    const room = new Room();
    const [large, small] = [new Memory(hour, room), new Memory(hour, room)];
    const [a, b, c] = ofOnePartition(3);
    const half = 'x'.repeat(limits.bytesTogether / 2 - 1_000);
    put(small, a!, 'little', 0);
    put(large, a!, half, 1);
    put(large, b!, half, 2);
    expect([large.evicted, small.evicted]).toEqual([0, 0]);
    put(large, c!, half, 3);
    expect([large.evicted, small.evicted]).toEqual([1, 0]);
    expect(states(large, [a!, b!, c!])).toEqual([undefined, half, half]);
    expect(states(small, [a!])).toEqual(['little']);
  });

  it('makes room when it shrinks or is forgotten', () => {
    const memory = new Memory(hour);
    const [a, b] = ofOnePartition(2);
    const most = 'x'.repeat(limits.bytesTogether - 2_000);
    put(memory, a!, most, 0);
    put(memory, a!, 'little', 1);
    put(memory, b!, most, 2);
    put(memory, b!, undefined, 3);
    put(memory, b!, most, 4);
    expect(memory.evicted).toBe(0);
    expect(memory.bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(limits.bytesTogether);
  });

  it('is not evicted but over when its window has passed', () => {
    const memory = new Memory(hour);
    const [a, b] = ofOnePartition(2);
    const most = 'x'.repeat(limits.bytesTogether - 2_000);
    put(memory, a!, most, 0);
    put(memory, b!, most, 2 * hour);
    expect(memory.evicted).toBe(0);
    expect(states(memory, [a!, b!])).toEqual([undefined, most]);
  });
});

describe('keys', () => {
  const long = (end: string) => keys.of('111122223333', 'x'.repeat(9_000) + end);

  it('that are long are told apart, and not kept', () => {
    expect(long('a').text).toBe(long('a').text);
    expect(long('a').text).not.toBe(long('b').text);
    expect(long('a').text.length).toBeLessThan(limits.textLength);
  });

  it('of two accounts are two', () => {
    expect(keys.of('111122223333', 'a').text).not.toBe(keys.of('444455556666', 'a').text);
  });
});

function ofOnePartition(count: number) {
  const all = Array.from({ length: 200 }, (_, n) => keys.of('111122223333', `key ${n}`));
  return all.filter(({ partition }) => partition === 3).slice(0, count);
}

function put(memory: Memory, key: ReturnType<Keys['of']>, state: unknown, time: number): void {
  memory.put(key, memory.find(key), state, time);
}

function states(memory: Memory, of: readonly ReturnType<Keys['of']>[]): readonly unknown[] {
  return of.map((key) => memory.find(key)?.state);
}
