import type { Member, Shape } from './plan.ts';
import { timestampToText } from './scalar.ts';

/** The body members of a modelled structure under their wire names, ready for JSON.stringify. */
export function writeJson(from: Readonly<Record<string, unknown>>, shape: Shape): Record<string, unknown> {
  const into: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (member.location !== undefined) continue;
    const value = from[member.name];
    if (value !== undefined && value !== null) into[member.wireName] = writeValue(value, member);
  }
  return into;
}

function writeValue(value: unknown, member: Member): unknown {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      return shape.document ? value : writeJson(value as Record<string, unknown>, shape);
    case 'list':
      return (value as unknown[]).map((item) => (item === null ? null : writeValue(item, shape.item!)));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [
          key,
          item === null ? null : writeValue(item, shape.item!),
        ]),
      );
    case 'timestamp':
      return writeTimestamp(value as Date, member);
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'float':
    case 'double':
      return Number.isFinite(value) ? value : String(value);
    default:
      return value;
  }
}

function writeTimestamp(value: Date, member: Member): unknown {
  const format = member.timestampFormat ?? 'unixTimestamp';
  return format === 'unixTimestamp' ? value.getTime() / 1000 : timestampToText(value, format, false);
}
