import { AwsError } from '../../aws/error.ts';
import type { Member } from './plan.ts';

const rfc822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} /;
const iso8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|$)/;
const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** Text of a form, an XML element, a header, a label or a query string as the modelled type. */
export function scalarFromText(text: string, member: Member): unknown {
  switch (member.shape.type) {
    case 'string':
      return text;
    case 'integer':
    case 'long':
      return wholeNumber(text, member);
    case 'float':
    case 'double':
      return realNumber(text, member);
    case 'boolean':
      if (/^true$/i.test(text)) return true;
      if (/^false$/i.test(text)) return false;
      throw unreadable(text, member, 'a boolean');
    case 'timestamp':
      return timestampFromText(text, member);
    case 'blob':
      return blobFromText(text, member);
    default:
      throw unreadable(text, member, `a ${member.shape.type}`);
  }
}

function wholeNumber(text: string, member: Member): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value)) throw unreadable(text, member, 'an integer');
  return value;
}

function realNumber(text: string, member: Member): number {
  const value = text === 'Infinity' || text === '-Infinity' || text === 'NaN' ? Number(text) : Number.parseFloat(text);
  if (text.trim() === '' || (Number.isNaN(value) && text !== 'NaN')) throw unreadable(text, member, 'a number');
  return value;
}

export function timestampFromText(text: string, member: Member): Date {
  const known = rfc822.test(text) || iso8601.test(text);
  const time = known ? Date.parse(text) : /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Number.NaN;
  const date = new Date(Math.round(time));
  if (Number.isNaN(date.getTime())) throw unreadable(text, member, 'a timestamp');
  return date;
}

export function blobFromText(text: string, member: Member): Uint8Array {
  if (!base64.test(text)) throw unreadable(text, member, 'base64');
  return Buffer.from(text, 'base64');
}

/** Rendered by each protocol under its own code; see `asReadError`. */
export function unreadable(value: string, member: Member, expected: string): AwsError {
  const shown = value.length > 100 ? `${value.slice(0, 100)}...` : value;
  return new AwsError(
    'SerializationException',
    `Value '${shown}' at '${lowerFirst(member.name)}' could not be read: expected ${expected}.`,
    { status: 400 },
  );
}

export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** `whole` drops the fraction of a second, as IAM and STS do. */
export function timestampToText(date: Date, format: string, whole: boolean): string {
  if (format === 'rfc822') return date.toUTCString();
  if (format === 'unixTimestamp') return String(date.getTime() / 1000);
  const text = date.toISOString();
  return whole ? `${text.slice(0, 19)}Z` : text;
}
