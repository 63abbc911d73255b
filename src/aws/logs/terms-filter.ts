import { invalidTerm, regexOperand, unquote } from './condition.ts';

type Test = (message: string) => boolean;

const term = /\s*([?-]?)("(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|\S+)/gsy;

/**
 * Words that must stand in the message, `-` words that must not, `?` words of which one must. AWS: optional words are
 * ignored where the pattern has others too. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-unstructured-log-events.html
 */
export function compileTerms(text: string): Test {
  const required: Test[] = [];
  const optional: Test[] = [];
  for (const [, sign, token] of text.matchAll(term)) {
    const test = testOf(token!);
    if (sign === '?') optional.push(test);
    else required.push(sign === '-' ? (message) => !test(message) : test);
  }
  if (required.length === 0 && optional.length > 0) return (message) => optional.some((test) => test(message));
  return (message) => required.every((test) => test(message));
}

/** A word stands anywhere, inside longer words too. What is not alphanumeric must be quoted. */
function testOf(token: string): Test {
  if (token.startsWith('%')) return regexOperand(token).matches;
  if (/^"(?:[^"\\]|\\.)*"$/s.test(token)) {
    const phrase = unquote(token);
    return (message) => message.includes(phrase);
  }
  if (!/^[\p{L}\p{N}_]+$/u.test(token)) throw invalidTerm(token);
  return (message) => message.includes(token);
}
