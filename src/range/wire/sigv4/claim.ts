import { parseForm } from '../form.ts';
import type { RawRequest } from '../message.ts';

/** What a signed request says of itself. */
export interface Claim {
  readonly where: 'header' | 'query';
  readonly accessKeyId: string;
  /** `20260105`, of the scope. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** The same as it is signed: in lower case, joined by `;`. */
  readonly signedHeadersText: string;
  readonly signature: string;
  /** `20260105T010203Z`. */
  readonly date: string;
  /** The same in epoch milliseconds. */
  readonly time: number;
  readonly token: string | undefined;
  /** Seconds that a presigned URL is good for. */
  readonly expires: number | undefined;
}

export type Reading =
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'anonymous' }
  /** Parts that are missing or malformed, in AWS's words. */
  | { readonly kind: 'incomplete'; readonly where: 'header' | 'query'; readonly why: string }
  | { readonly kind: 'unsupported'; readonly algorithm: string };

const algorithm = 'AWS4-HMAC-SHA256';
const dateForm = /^\d{8}T\d{6}Z$/;

export function readClaim(request: RawRequest): Reading {
  const authorization = request.headers['authorization'];
  if (authorization !== undefined) return readHeader(request, authorization);
  const query = request.target.slice(request.target.indexOf('?') + 1);
  if (/(?:^|&)X-Amz-(?:Algorithm|Credential|Signature)=/.test(query)) return readQuery(query);
  if (/(?:^|&)AWSAccessKeyId=/.test(query)) return { kind: 'unsupported', algorithm: 'AWS' };
  return { kind: 'anonymous' };
}

function readHeader({ headers }: RawRequest, authorization: string): Reading {
  const space = authorization.indexOf(' ');
  const used = space < 0 ? authorization : authorization.slice(0, space);
  if (used !== algorithm) return { kind: 'unsupported', algorithm: used };
  const credential = /[ ,]Credential=([^,\s]+)/.exec(authorization)?.[1] ?? '';
  const signature = /[ ,]Signature=([^,\s]+)/.exec(authorization)?.[1] ?? '';
  const signedHeaders = /[ ,]SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? '';
  const date = headers['x-amz-date'] ?? isoOf(headers['date']);
  if (credential === '' || signature === '' || signedHeaders === '' || date === undefined) {
    const missing = Object.entries({ Credential: credential, Signature: signature, SignedHeaders: signedHeaders })
      .filter(([, value]) => value === '')
      .map(([name]) => `Authorization header requires '${name}' parameter.`);
    if (date === undefined) {
      missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    return { kind: 'incomplete', where: 'header', why: `${missing.join(' ')} Authorization=${authorization}` };
  }
  return claimOf('header', {
    credential,
    signature,
    signedHeaders,
    date,
    token: headers['x-amz-security-token'],
    expires: undefined,
  });
}

function isoOf(date: string | undefined): string | undefined {
  if (date === undefined || dateForm.test(date)) return date;
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : isoDate(time);
}

/** `20260105T010203Z` */
export function isoDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A client signs the same headers request after request. */
function namesIn(given: string): Names {
  if (given !== lastNames.given) {
    const text = given.toLowerCase();
    lastNames = { given, text, names: text.split(';') };
  }
  return lastNames;
}

interface Names {
  readonly given: string;
  readonly text: string;
  readonly names: readonly string[];
}

let lastNames: Names = { given: '', text: '', names: [''] };

/** Not a number where it is no such date. Clients sign many requests in a second: the last one is not read again. */
function timeOf(date: string): number {
  if (last.date !== date) last = { date, time: timeRead(date) };
  return last.time;
}

let last = { date: '', time: Number.NaN };

function timeRead(date: string): number {
  if (!dateForm.test(date)) return Number.NaN;
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
  return Date.parse(`${day}T${date.slice(9, 11)}:${date.slice(11, 13)}:${date.slice(13)}`);
}

function readQuery(query: string): Reading {
  let given: Map<string, string>;
  try {
    given = new Map(parseForm(query));
  } catch {
    return { kind: 'incomplete', where: 'query', why: 'The query string contains a syntax error.' };
  }
  const used = given.get('X-Amz-Algorithm');
  if (used !== undefined && used !== algorithm) return { kind: 'unsupported', algorithm: used };
  const names = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Date', 'X-Amz-SignedHeaders'];
  const missing = names.filter((name) => !given.get(name));
  if (missing.length > 0) {
    const why = missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' ');
    return { kind: 'incomplete', where: 'query', why };
  }
  const expires = given.get('X-Amz-Expires');
  return claimOf('query', {
    credential: given.get('X-Amz-Credential')!,
    signature: given.get('X-Amz-Signature')!,
    signedHeaders: given.get('X-Amz-SignedHeaders')!,
    date: given.get('X-Amz-Date')!,
    token: given.get('X-Amz-Security-Token'),
    expires: expires === undefined ? undefined : Number(expires),
  });
}

interface Given {
  readonly credential: string;
  readonly signature: string;
  readonly signedHeaders: string;
  readonly date: string;
  readonly token: string | undefined;
  readonly expires: number | undefined;
}

function claimOf(where: 'header' | 'query', given: Given): Reading {
  const [accessKeyId, day, region, service, end, ...more] = given.credential.split('/');
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request' || more.length > 0) {
    const why = `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${given.credential}'`;
    return { kind: 'incomplete', where, why };
  }
  const { names: signedHeaders, text: signedHeadersText } = namesIn(given.signedHeaders);
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
    return {
      kind: 'incomplete',
      where,
      why: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    };
  }
  const time = timeOf(given.date);
  if (Number.isNaN(time)) {
    const why = `Date must be in ISO-8601 'basic format'. Got '${given.date}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    return { kind: 'incomplete', where, why };
  }
  const { signature, date, token, expires } = given;
  return {
    kind: 'claim',
    claim: {
      where,
      accessKeyId,
      day,
      region,
      service,
      signedHeaders,
      signedHeadersText,
      signature,
      date,
      time,
      token,
      expires,
    },
  };
}
