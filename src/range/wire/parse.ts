import { AwsError } from '../../aws/error.ts';
import type { Member, Shape } from './plan.ts';
import { readForm } from './read-form.ts';
import { parseJson, readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';
import { scalarFromText } from './scalar.ts';
import { SmallBody } from './small-body.ts';
import type { Input, Routed } from './wire.ts';
import { malformedXml, parseXml } from './xml-tree.ts';

const empty = new Uint8Array(0);
const decoder = new TextDecoder('utf-8', { fatal: true });

/** `body` is the request's, decoded and guarded. */
export function parse(routed: Routed, body: Uint8Array | AsyncIterable<Uint8Array>): Input {
  const shape = routed.plan.input?.shape;
  if (shape === undefined) return {};
  const bytes = body instanceof Uint8Array ? body : empty;
  switch (routed.protocol) {
    case 'query':
    case 'ec2':
      return readForm(routed.form ?? [], shape, routed.protocol === 'ec2');
    case 'json-1.0':
    case 'json-1.1':
      return readJson(parseJson(bytes), shape);
    default:
      return readRest(routed, shape, body, bytes);
  }
}

function readRest(
  routed: Routed,
  shape: Shape,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  bytes: Uint8Array,
): Input {
  const into: Input = {};
  for (const member of shape.members) {
    const value = readBound(routed, member);
    if (value !== undefined) into[member.name] = value;
  }
  if (shape.payload !== undefined) {
    const value = readPayload(routed, shape.payload, body, bytes);
    if (value !== undefined) into[shape.payload.name] = value;
  } else if (shape.hasBody && bytes.length > 0) {
    Object.assign(
      into,
      routed.protocol === 'rest-json' ? readJson(parseJson(bytes), shape) : readXml(xml(bytes), shape),
    );
  }
  return into;
}

function readBound(routed: Routed, member: Member): unknown {
  const { headers } = routed.request;
  switch (member.location) {
    case 'uri':
      return readText(routed.labels[member.wireName], member);
    case 'querystring':
      return readQuery(routed, member);
    case 'header':
      return readHeader(headers[member.headerName], member);
    case 'headers':
      return readHeaders(headers, member);
    default:
      return undefined;
  }
}

function readText(text: string | undefined, member: Member): unknown {
  return text === undefined ? undefined : scalarFromText(text, member);
}

function readQuery({ query, plan }: Routed, member: Member): unknown {
  if (member.shape.type === 'map') return readQueryMap(query, plan.input!.shape, member);
  const values = query?.get(member.wireName);
  if (values === undefined) return undefined;
  const { item } = member.shape;
  if (member.shape.type === 'list') return values.map((value) => scalarFromText(value, item!));
  return scalarFromText(values[0]!, member);
}

/** Whatever no other member claims. */
function readQueryMap(query: Routed['query'], shape: Shape, member: Member): Record<string, unknown> {
  const claimed = new Set(shape.members.filter((one) => one.location === 'querystring').map((one) => one.wireName));
  const into: Record<string, unknown> = Object.create(null);
  for (const [name, values] of query ?? []) {
    if (!claimed.has(name)) into[name] = member.shape.item!.shape.type === 'list' ? [...values] : values[0];
  }
  return into;
}

function readHeader(text: string | undefined, member: Member): unknown {
  if (text === undefined) return undefined;
  if (member.jsonvalue) return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  const { item } = member.shape;
  if (member.shape.type !== 'list') return scalarFromText(text, member);
  return text.split(',').map((part) => scalarFromText(part.trim(), item!));
}

function readHeaders(headers: Readonly<Record<string, string>>, member: Member): Record<string, string> | undefined {
  const prefix = member.headerName;
  let into: Record<string, string> | undefined;
  for (const name of Object.keys(headers)) {
    if (!name.startsWith(prefix) || name === prefix) continue;
    into ??= Object.create(null) as Record<string, string>;
    into[name.slice(prefix.length)] = headers[name]!;
  }
  return into;
}

function readPayload(
  { protocol }: Routed,
  member: Member,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  bytes: Uint8Array,
): unknown {
  if (member.streaming) return body instanceof Uint8Array ? new SmallBody(() => body) : body;
  if (bytes.length === 0) return undefined;
  switch (member.shape.type) {
    case 'blob':
      return bytes;
    case 'string':
      return text(bytes);
    case 'structure':
      return protocol === 'rest-json' ? readJson(parseJson(bytes), member.shape) : readXml(xml(bytes), member.shape);
    default:
      throw new AwsError('SerializationException', 'The request body could not be read', { status: 400 });
  }
}

function xml(bytes: Uint8Array) {
  return parseXml(text(bytes));
}

function text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformedXml();
  }
}
