import { limits } from './limits.ts';
import type { Member, Shape } from './plan.ts';
import { timestampToText } from './scalar.ts';

export interface XmlStyle {
  /** EC2 names the items of a list `item`, everybody else `member`. */
  readonly item: string;
  /** IAM and STS write times without a fraction. */
  readonly wholeSeconds: boolean;
}

/** The body members of a modelled structure as XML elements. */
export function writeXml(from: Readonly<Record<string, unknown>>, shape: Shape, style: XmlStyle): string {
  let text = '';
  for (const member of shape.members) {
    if (member.location !== undefined || member.xmlAttribute) continue;
    const value = from[member.name];
    if (value !== undefined && value !== null) text += writeMember(value, member, style);
  }
  return text;
}

function writeMember(value: unknown, member: Member, style: XmlStyle): string {
  const { shape, wireName } = member;
  if (!member.flattened) return writeElement(wireName, value, member, style);
  if (shape.type === 'map') return writeEntries(wireName, value as object, shape, style);
  const name = shape.item!.ownName ?? wireName;
  return (value as unknown[]).map((item) => writeElement(name, item, shape.item!, style)).join('');
}

/** One element with its content; `member` says of what type it is. */
export function writeElement(name: string, value: unknown, member: Member, style: XmlStyle): string {
  const content = writeContent(value, member, style);
  const open = name + attributesOf(value, member);
  return content === '' ? `<${open}/>` : `<${open}>${content}</${name}>`;
}

function writeContent(value: unknown, member: Member, style: XmlStyle): string {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      return writeXml(value as Record<string, unknown>, shape, style);
    case 'list': {
      const name = shape.item!.ownName ?? style.item;
      return (value as unknown[]).map((item) => writeElement(name, item, shape.item!, style)).join('');
    }
    case 'map':
      return writeEntries('entry', value as object, shape, style);
    case 'timestamp':
      return timestampToText(value as Date, member.timestampFormat ?? 'iso8601', style.wholeSeconds);
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    default:
      return escapeXml(String(value));
  }
}

function writeEntries(name: string, value: object, shape: Shape, style: XmlStyle): string {
  const key = shape.key!.ownName ?? 'key';
  const item = shape.item!.ownName ?? 'value';
  const values = value as Readonly<Record<string, unknown>>;
  // The pieces that all entries share are joined once: every joint makes an object.
  const head = `<${name}><${key}>`;
  const middle = `</${key}><${item}`;
  const tail = `</${item}></${name}>`;
  let text = '';
  for (const at of Object.keys(values)) {
    const content = writeContent(values[at], shape.item!, style);
    const attributes = attributesOf(values[at], shape.item!);
    text += head + escapeXml(at) + middle + attributes;
    text += content === '' ? `/></${name}>` : `>${content}${tail}`;
  }
  return text;
}

/** Attributes of a structure, such as `xsi:type` of S3's grantees. */
function attributesOf(value: unknown, { shape, xmlNamespace, xmlPrefix }: Member): string {
  if (shape.type !== 'structure') return '';
  let text = '';
  for (const member of shape.members) {
    if (!member.xmlAttribute) continue;
    const own = (value as Record<string, unknown>)[member.name];
    if (own !== undefined) text += ` ${member.wireName}="${escapeXml(String(own))}"`;
  }
  if (text === '' || xmlNamespace === undefined || xmlPrefix === undefined) return text;
  return ` xmlns:${xmlPrefix}="${xmlNamespace}"${text}`;
}

// The second half is what XML 1.0 has no way to say.
const special = /[&<>"\r\n\u0085\u2028\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const everySpecial = /[&<>"\r\n\u0085\u2028\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const rare = /[\r\n\u0085\u2028\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const sayable = /[\r\n\u0085\u2028]/;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line ends are escaped too: a reader would turn CR LF into LF. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text;
  if (text.length < longText || text.length > limits.escapedCharacters) return escaped(text);
  const known = longTexts.get(text);
  if (known !== undefined) return known;
  const made = escaped(text);
  if (longTexts.size >= limits.escapedTexts) longTexts.clear();
  longTexts.set(text, made);
  return made;
}

/** Policies are long, full of quotes, and asked for again and again: escaping one anew costs more than the rest of its answer. */
const longTexts = new Map<string, string>();
const longText = 100;

function escaped(text: string): string {
  if (!rare.test(text)) {
    let made = text;
    // Joined and not replaced: V8 keeps what it replaced as a tree of pieces, to be walked again by each answer.
    for (const sign in escapes) if (made.includes(sign)) made = made.split(sign).join(escapes[sign]);
    return made;
  }
  return text.replaceAll(everySpecial, (sign) => {
    if (!sayable.test(sign)) return escapes[sign] ?? '\ufffd';
    return `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`;
  });
}
