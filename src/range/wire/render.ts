import { hash } from 'node:crypto';
import type { Rendered } from './message.ts';
import type { Member, OperationPlan, Shape } from './plan.ts';
import { timestampToText } from './scalar.ts';
import { SmallBody } from './small-body.ts';
import type { Input, Routed } from './wire.ts';
import { writeJson } from './write-json.ts';
import { escapeXml, writeElement, writeXml, type XmlStyle } from './write-xml.ts';

const nothing = new Uint8Array(0);
export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function render(routed: Routed, output: Readonly<Input>, requestId: string): Rendered {
  switch (routed.protocol) {
    case 'query':
      return renderQuery(routed, output, requestId);
    case 'ec2':
      return renderEc2(routed, output, requestId);
    case 'json-1.0':
    case 'json-1.1':
      return renderJson(routed, output, requestId);
    default:
      return renderRest(routed, output, requestId);
  }
}

export function textAnswer(status: number, type: string, text: string, requestId: string): Rendered {
  return {
    status,
    headers: { 'x-amzn-requestid': requestId, 'content-type': type, 'content-length': lengthOf(text) },
    body: text,
  };
}

function renderQuery({ plan }: Routed, output: Readonly<Input>, requestId: string): Rendered {
  const content = plan.output === undefined ? '' : writeXml(output, plan.output.shape, styleOf(plan.service.name));
  const frame = frames.get(plan) ?? frameOf(plan);
  const result = content === '' ? frame.empty : frame.open + content + frame.close;
  const text = frame.head + result + frame.metadata + requestId + frame.end;
  return textAnswer(plan.status, 'text/xml', text, requestId);
}

/** What stands around the members of every answer of one operation. */
interface Frame {
  readonly head: string;
  readonly open: string;
  readonly close: string;
  readonly empty: string;
  readonly metadata: string;
  readonly end: string;
}

const frames = new WeakMap<OperationPlan, Frame>();

function frameOf(plan: OperationPlan): Frame {
  const { name, service, resultWrapper: wrapper } = plan;
  const frame = {
    head: `<${name}Response xmlns="${service.xmlNamespace}">`,
    open: wrapper === undefined ? '' : `<${wrapper}>`,
    close: wrapper === undefined ? '' : `</${wrapper}>`,
    empty: wrapper === undefined ? '' : `<${wrapper}/>`,
    metadata: '<ResponseMetadata><RequestId>',
    end: `</RequestId></ResponseMetadata></${name}Response>`,
  };
  frames.set(plan, frame);
  return frame;
}

function renderEc2({ plan }: Routed, output: Readonly<Input>, requestId: string): Rendered {
  const { name, service } = plan;
  const content =
    plan.output === undefined ? '<return>true</return>' : writeXml(output, plan.output.shape, styleOf('ec2'));
  const text = `${xmlHead}<${name}Response xmlns="${service.xmlNamespace}/"><requestId>${escapeXml(requestId)}</requestId>${content}</${name}Response>`;
  return textAnswer(plan.status, 'text/xml;charset=UTF-8', text, requestId);
}

function renderJson({ plan, protocol }: Routed, output: Readonly<Input>, requestId: string): Rendered {
  const text = plan.output === undefined ? '' : JSON.stringify(writeJson(output, plan.output.shape));
  return textAnswer(plan.status, `application/x-amz-${protocol}`, text, requestId);
}

function renderRest(routed: Routed, output: Readonly<Input>, requestId: string): Rendered {
  const { plan, request, protocol } = routed;
  const headers: Record<string, string> = requestIds(plan.service.name, requestId);
  const shape = plan.output?.shape;
  let { status } = plan;
  let body: Rendered['body'] = nothing;
  if (shape !== undefined) {
    const content = restBody(routed, output, shape);
    body = content.body;
    if (content.type !== '') headers['content-type'] = content.type;
    const members = membersOf(shape);
    // What is there and not what could be: S3's answers have forty members, of which six are given.
    for (const name in output) {
      const member = members.get(name);
      const value = output[name];
      if (member === undefined || value === undefined || value === null) continue;
      if (member.location === 'statusCode') status = value as number;
      else writeHeader(headers, member, value);
    }
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: a part of an object, which the model has no status for.
  if (plan.service.name === 's3' && output['ContentRange'] !== undefined) status = 206;
  // A streamed body's length is known only to the handler, which then says it as ContentLength.
  if (isHeld(body) && headers['content-length'] === undefined && status !== 204) {
    headers['content-length'] = lengthOf(body);
  }
  if (status === 204 || status === 304) delete headers['content-type'];
  if (protocol === 'rest-json' && isHeld(body) && body.length === 0) delete headers['content-type'];
  return { status, headers, body: request.method === 'HEAD' ? nothing : body };
}

function membersOf(shape: Shape): ReadonlyMap<string, Member> {
  const known = membersByName.get(shape);
  if (known !== undefined) return known;
  const members = new Map(shape.members.map((one) => [one.name, one] as const));
  membersByName.set(shape, members);
  return members;
}

const membersByName = new WeakMap<Shape, ReadonlyMap<string, Member>>();

function isHeld(body: Rendered['body']): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

export function lengthOf(body: string | Uint8Array): string {
  return String(typeof body === 'string' ? Buffer.byteLength(body) : body.length);
}

export function requestIds(service: string, requestId: string): Record<string, string> {
  if (service !== 's3') return { 'x-amzn-requestid': requestId };
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) };
}

/** S3's second id, which names the machine that answered. Here it follows from the first. */
export function hostId(requestId: string): string {
  return hash('sha256', requestId, 'base64');
}

function restBody(routed: Routed, output: Readonly<Input>, shape: Shape): { body: Rendered['body']; type: string } {
  const { plan, protocol } = routed;
  const json = protocol === 'rest-json';
  const type = json ? 'application/json' : 'application/xml';
  if (plan.name === 'GetBucketLocation') return { body: bucketLocation(output, plan.service.xmlNamespace), type };
  const { payload } = shape;
  if (payload !== undefined) {
    const value = output[payload.name];
    if (value === undefined || value === null) return { body: nothing, type: '' };
    return payloadBody(routed, payload, value, type);
  }
  if (json) {
    const text = plan.status === 204 ? '' : JSON.stringify(writeJson(output, shape));
    return { body: text, type };
  }
  if (!shape.hasBody) return { body: nothing, type: '' };
  const root = shape.xmlName ?? shape.name;
  return { body: document(root, writeXml(output, shape, styleOf('s3')), plan.service.xmlNamespace), type };
}

function payloadBody(
  { plan, protocol }: Routed,
  member: Member,
  value: unknown,
  type: string,
): { body: Rendered['body']; type: string } {
  if (member.shape.type !== 'structure') {
    return {
      body: heldBytes(value as Rendered['body']),
      type: protocol === 'rest-json' ? 'application/json' : 'binary/octet-stream',
    };
  }
  if (protocol === 'rest-json') {
    return { body: JSON.stringify(writeJson(value as Input, member.shape)), type };
  }
  const root = member.ownName ?? member.shape.xmlName ?? member.shape.name;
  const inner = writeElement(root, value, member, styleOf('s3'));
  return { body: xmlHead + inner.replace(root, `${root} xmlns="${plan.service.xmlNamespace}"`), type };
}

function heldBytes(body: Rendered['body']): Rendered['body'] {
  return body instanceof SmallBody ? body.bytes() : body;
}

function document(root: string, content: string, namespace: string): string {
  return `${xmlHead}<${root} xmlns="${namespace}">${content}</${root}>`;
}

/** The one answer without an element around its member: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
function bucketLocation(output: Readonly<Input>, namespace: string): string {
  return document('LocationConstraint', escapeXml(String(output['LocationConstraint'] ?? '')), namespace);
}

function writeHeader(headers: Record<string, string>, member: Member, value: unknown): void {
  if (member.location === 'headers') {
    for (const [name, text] of Object.entries(value as object)) headers[member.headerName + name] = String(text);
  } else if (member.location === 'header') {
    headers[member.headerName] = headerText(member, value);
  }
}

function headerText(member: Member, value: unknown): string {
  if (member.jsonvalue) return Buffer.from(JSON.stringify(value)).toString('base64');
  if (value instanceof Date) return timestampToText(value, member.timestampFormat ?? 'rfc822', false);
  if (Array.isArray(value)) return value.join(',');
  return String(value);
}

const ec2Style: XmlStyle = { item: 'item', wholeSeconds: false };
const wholeStyle: XmlStyle = { item: 'member', wholeSeconds: true };
const plainStyle: XmlStyle = { item: 'member', wholeSeconds: false };

function styleOf(service: string): XmlStyle {
  if (service === 'ec2') return ec2Style;
  return service === 'iam' || service === 'sts' ? wholeStyle : plainStyle;
}
