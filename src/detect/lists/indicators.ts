import type { Json, JsonObject } from '../../model/json.ts';
import { mispIndicators } from './misp.ts';
import { stixIndicators } from './stix.ts';

/** The indicators of a list's text: STIX 2.1 or a MISP export where it is JSON, else one a line or CSV. */
export function* indicatorsOf(text: string): Generator<string> {
  const json = jsonOf(text);
  if (json === undefined) yield* linesOf(text);
  else if (Array.isArray(json) && json.every((each) => typeof each === 'string')) yield* json as readonly string[];
  else {
    yield* stixIndicators(json);
    yield* mispIndicators(json);
  }
}

function jsonOf(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A line can begin with a bracket too, as in `[2001:db8::1]`.
    return undefined;
  }
}

/** Lines; after `#`, and after what parts fields, come remarks. In CSV the column counts that the header names. */
function* linesOf(text: string): Generator<string> {
  let column = 0;
  let isFirst = true;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end).trim();
    start = end < 0 ? text.length : end + 1;
    if (line === '' || line.startsWith('#') || line.startsWith(';') || line.startsWith('//')) continue;
    const fields = fieldsOf(line);
    const named = isFirst ? fields.findIndex((field) => headings.has(field.toLowerCase())) : -1;
    isFirst = false;
    if (named >= 0) column = named;
    else yield fields[column] ?? '';
  }
}

/** Fields as CSV has them: a quoted one can hold what parts fields, and `""` stands for a quote. */
function fieldsOf(line: string): readonly string[] {
  const plain = line.replace(/\s#.*$/, '');
  if (!/[,;\t"]/.test(plain)) return [plain.trim()];
  return Array.from(
    `,${plain}`.matchAll(field),
    ([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare.trim(),
  );
}

/** From what parts fields to the next of them. */
const field = /[,;\t](?:\s*"((?:[^"]|"")*)"\s*(?=[,;\t]|$)|([^,;\t]*))/g;

const headings: ReadonlySet<string> = new Set([
  ...['ip', 'ip_address', 'ipaddress', 'address', 'addr', 'src_ip', 'dst_ip', 'cidr', 'network', 'prefix', 'range'],
  ...['indicator', 'ioc', 'ioc_value', 'value', 'observable', 'domain', 'hostname', 'host', 'fqdn', 'name', 'url'],
  ...['hash', 'md5', 'sha1', 'sha256'],
]);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
