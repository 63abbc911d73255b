import { RE2JS } from 're2js';
import { AwsError } from '../error.ts';
import { fits, literal } from '../wildcard.ts';

/** What stands right of an operator: a text with stars, or a regular expression between percent signs. */
export interface Operand {
  /** As it was written, without quotes. */
  readonly text: string;
  /** Undefined where the text is no number. */
  readonly number: number | undefined;
  matches(value: string): boolean;
}

export const operators = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Operator = (typeof operators)[number];

/** Strings match with stars, numbers by value; an order needs numbers on both sides. */
export function holds(operator: Operator, value: string | number, operand: Operand): boolean {
  if (operator === '=') return equals(value, operand);
  if (operator === '!=') return !equals(value, operand);
  const left = typeof value === 'number' ? value : numberOf(value);
  if (left === undefined || operand.number === undefined) return false;
  if (operator === '<') return left < operand.number;
  if (operator === '<=') return left <= operand.number;
  return operator === '>' ? left > operand.number : left >= operand.number;
}

function equals(value: string | number, operand: Operand): boolean {
  if (typeof value === 'number')
    return operand.number === undefined ? operand.matches(String(value)) : value === operand.number;
  return operand.matches(value);
}

/** A quoted text keeps its stars: CloudWatch Logs reads them as wildcards in quotes too. */
export function operandOf(token: string): Operand {
  if (token.startsWith('%')) return regexOperand(token);
  const quoted = token.startsWith('"');
  const text = quoted ? unquote(token) : token;
  const pieces = text.split('*').map(literal);
  return { text, number: quoted ? undefined : numberOf(text), matches: (value) => fits(value, pieces) };
}

export function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\(.)/gs, '$1');
}

const regexCharacters = /^(?:[\w:#=@/;,\-^$?[\]{}|*+.\s]|\\[^\u0080-\uffff])+$/;

/** Found anywhere in the value. The syntax is small: no groups, ASCII only. */
export function regexOperand(token: string): Operand {
  const text = token.slice(1, -1);
  if (token.length < 3 || !token.endsWith('%') || !regexCharacters.test(text)) throw invalidTerm(token);
  const regex = compiled(text, token);
  return { text, number: undefined, matches: (value) => regex.matcher(value).find() };
}

function compiled(text: string, token: string): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch {
    throw invalidTerm(token);
  }
}

export function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

export function invalidPattern(): AwsError {
  return new AwsError('InvalidParameterException', 'Invalid filter pattern');
}

export function invalidTerm(term: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid character(s) in term '${term}'`);
}
