import type { Operator } from './operator.ts';
import { typed } from './typed.ts';

export const binaryOperators = {
  BinaryEquals: { negated: false, compile: typed('base64', readBytes, readBytes, (given, asked) => given === asked) },
} satisfies Record<string, Operator>;

/** Base64 without its padding: equal bytes are equal text. */
function readBytes(text: string): string | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text.replace(/=+$/, '') : undefined;
}
