import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSame } from './bytes.ts';

// Eight bytes are compared as one number: zeros of two signs and what is no number must not deceive it.
const byte = fc.oneof(fc.constantFrom(0, 0x7f, 0x80, 0xf0, 0xf8, 0xff), fc.nat(255));
const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 });

it('says of bytes what comparing them one by one says', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(39), byte, bytes, (values, at, other, before) => {
      const changed = values.map((value, index) => (index === at ? other : value));
      const [known, view] = [viewOf([], values), viewOf([...before], changed)];
      const isEqual = values.every((value, index) => value === changed[index]);
      expect(isSame(known, 0, view, before.length, values.length)).toBe(isEqual);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['zeros of two signs', [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0x80], false],
  ['the same that is no number', [1, 0, 0, 0, 0, 0, 0xf8, 0x7f], [1, 0, 0, 0, 0, 0, 0xf8, 0x7f], true],
  ['two that are no number', [1, 0, 0, 0, 0, 0, 0xf8, 0x7f], [2, 0, 0, 0, 0, 0, 0xf8, 0x7f], false],
])('tells apart %s', (_, a, b, expected) => {
  expect(isSame(viewOf([], a), 0, viewOf([], b), 0, 8)).toBe(expected);
});

function viewOf(before: readonly number[], values: readonly number[]): DataView {
  return new DataView(Uint8Array.from([...before, ...values]).buffer);
}
