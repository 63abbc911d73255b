import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowAt, flowMarks, flowRows, flowStride, smallAt } from '../model/flow-rows.ts';
import { Picked } from '../model/picked.ts';
import { OwnAddresses } from './own-addresses.ts';

const [own, peer, other, publicOne] = [0x0a000001, 0x0a000002, 0x0a000003, 0xc6336401];
const owner = 7;

interface Flow {
  readonly owner: number;
  readonly srcaddr: number;
  readonly dstaddr: number;
  readonly marks: number;
}

function flow(srcaddr: number, dstaddr: number, more: Partial<Flow> = {}): Flow {
  return { owner, srcaddr, dstaddr, marks: 0, ...more };
}

function learn(addresses: OwnAddresses, { owner, srcaddr, dstaddr, marks }: Flow, time: number): void {
  const flows = flowRows(new Float64Array(flowStride), Float64Array.of(time), true);
  flows.numbers[flowAt.owner] = owner;
  flows.numbers[flowAt.srcaddr] = srcaddr;
  flows.numbers[flowAt.dstaddr] = dstaddr;
  flows.small[smallAt.marks] = marks;
  addresses.learn(flows, new Picked().all(0, 1));
}

/** What is known after flows of a second each. */
function after(...flows: readonly Flow[]): number {
  const addresses = new OwnAddresses();
  for (const [time, each] of flows.entries()) learn(addresses, each, time);
  return addresses.of(owner, flows.length);
}

describe('an interface whose flows say no direction', () => {
  test.each<[string, readonly Flow[], number]>([
    ['is known by the address that its flows have in common', [flow(peer, own), flow(own, other)], own],
    ['at once where the other side is public', [flow(publicOne, own)], own],
    ['is not known by one peer alone', [flow(peer, own), flow(own, peer)], -1],
    ['is not known by flows of another one', [flow(peer, own), flow(own, other, { owner: 8 })], -1],
    ['is not known where nothing is common', [flow(peer, own), flow(other, 0x0a000004)], -1],
    ['is not known any more where its address is missing', [flow(peer, own), flow(own, other), flow(peer, other)], -1],
    ['is not known by public addresses', [flow(publicOne, 0xc6336402), flow(publicOne, 0xc6336403)], -1],
    ['needs no learning where the direction is there', [flow(publicOne, own, { marks: flowMarks.ingress })], -1],
  ])('%s', (_name, flows, expected) => {
    expect(after(...flows)).toBe(expected);
  });
});

test('the order within a second decides nothing', () => {
  const addresses = fc.constantFrom(own, peer, other, publicOne);
  const flows = fc.array(fc.tuple(addresses, addresses, fc.nat(2)), { minLength: 1, maxLength: 6 });
  const known = (of: readonly (readonly [number, number, number])[]) => {
    const all = new OwnAddresses();
    const answers: number[] = [];
    for (const second of [0, 1, 2]) {
      for (const [source, destination, at] of of) if (at === second) learn(all, flow(source, destination), second);
      answers.push(all.of(owner, second));
    }
    return [...answers, all.of(owner, 3)];
  };
  fc.assert(
    fc.property(flows, (of) => {
      expect(known([...of].reverse())).toEqual(known(of));
    }),
  );
});
