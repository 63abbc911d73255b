import { type Holds, some, unknown } from '../holds.ts';
import type { Operator } from './operator.ts';

/**
 * Operators whose values have a type: both sides are read, then compared.
 * What cannot be read is not silently different: the comparison is unknown, and says which value it was.
 */
export function typed<Asked, Given>(
  what: string,
  readAsked: (text: string) => Asked | undefined,
  readGiven: (text: string) => Given | undefined,
  compare: (given: Given, asked: Asked) => boolean,
): Operator['compile'] {
  return (values) => {
    const asked = values.map((text) => ({ text, value: readAsked(text) }));
    // The same address and the same flag come with call after call: the last one is not read again.
    let last: { readonly text: string; readonly given: Given | undefined } | undefined;
    const matches = (text: string): Holds => {
      if (last?.text !== text) last = { text, given: readGiven(text) };
      const { given } = last;
      if (given === undefined) return unknown(`the request's value "${text}" is not ${what}`);
      return some(asked, (each) =>
        each.value === undefined
          ? unknown(`the policy's value "${each.text}" is not ${what}`)
          : compare(given, each.value),
      );
    };
    return { matches, keys: [] };
  };
}
