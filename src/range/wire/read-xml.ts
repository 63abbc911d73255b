import type { Member, Shape } from './plan.ts';
import { scalarFromText } from './scalar.ts';
import { malformedXml, type XmlNode } from './xml-tree.ts';

/** The modelled members of an XML element. Unknown elements are passed over. */
export function readXml(node: XmlNode, shape: Shape): Record<string, unknown> {
  const into: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (member.location !== undefined) continue;
    const value = member.xmlAttribute ? readAttribute(node, member) : readMember(node, member);
    if (value !== undefined) into[member.name] = value;
  }
  return into;
}

function readAttribute(node: XmlNode, member: Member): string | undefined {
  return node.attributes[member.wireName] ?? node.attributes[member.wireName.replace(/^.*:/, '')];
}

function readMember(node: XmlNode, member: Member): unknown {
  if (!member.flattened) {
    const child = node.children.find(({ name }) => name === member.wireName);
    return child && readValue(child, member);
  }
  const { type, item } = member.shape;
  const wanted = type === 'list' ? (item!.ownName ?? member.wireName) : member.wireName;
  const found = node.children.filter(({ name }) => name === member.wireName || name === wanted);
  if (found.length === 0) return undefined;
  return type === 'list' ? found.map((child) => readValue(child, item!)) : readEntries(found, member.shape);
}

function readValue(node: XmlNode, member: Member): unknown {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      return readXml(node, shape);
    case 'list':
      return node.children
        .filter(({ name }) => name === (shape.item!.ownName ?? 'member'))
        .map((child) => readValue(child, shape.item!));
    case 'map':
      return readEntries(
        node.children.filter(({ name }) => name === 'entry'),
        shape,
      );
    default:
      if (node.children.length > 0) throw malformedXml();
      return readScalar(node.text, member);
  }
}

function readScalar(text: string, member: Member): unknown {
  if (member.shape.type === 'string') return text;
  try {
    return scalarFromText(text.trim(), member);
  } catch {
    throw malformedXml();
  }
}

function readEntries(entries: readonly XmlNode[], shape: Shape): Record<string, unknown> {
  const into: Record<string, unknown> = Object.create(null);
  for (const entry of entries) {
    const key = entry.children.find(({ name }) => name === (shape.key!.ownName ?? 'key'));
    const value = entry.children.find(({ name }) => name === (shape.item!.ownName ?? 'value'));
    if (key !== undefined && value !== undefined) into[key.text] = readValue(value, shape.item!);
  }
  return into;
}
