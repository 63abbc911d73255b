import { type FormNode, formTree, numbered } from './form.ts';
import type { Member, Shape } from './plan.ts';
import { scalarFromText } from './scalar.ts';

/** The input of a query or EC2 call. Unknown parameters are passed over, as AWS does. */
export function readForm(pairs: readonly (readonly [string, string])[], input: Shape, ec2: boolean) {
  return readStructure(formTree(pairs), input, ec2);
}

function readStructure(node: FormNode, shape: Shape, ec2: boolean): Record<string, unknown> {
  const into: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children?.get(ec2 ? member.ec2Name : member.queryName);
    const value =
      !ec2 && member.flattened && member.shape.item?.ownName !== undefined
        ? readFlattened(node, child, member)
        : child && readValue(child, member, ec2);
    if (value !== undefined) into[member.name] = value;
  }
  return into;
}

/** A flattened list whose items have a name of their own stands under that name: `AttributeName.1`. */
function readFlattened(parent: FormNode, own: FormNode | undefined, member: Member): unknown {
  const { type, item } = member.shape;
  const named = type === 'list' ? parent.children?.get(item!.ownName!) : undefined;
  const node = named ?? own;
  return node && readValue(node, member, false);
}

function readValue(node: FormNode, member: Member, ec2: boolean): unknown {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      return readStructure(node, shape, ec2);
    case 'list':
      return readList(node, member, ec2);
    case 'map':
      return readMap(node, member, ec2);
    default:
      return node.value === undefined ? undefined : scalarFromText(node.value, member);
  }
}

function readList(node: FormNode, member: Member, ec2: boolean): unknown[] {
  const item = member.shape.item!;
  const from = ec2 || member.flattened ? node : (node.children?.get(item.ownName ?? 'member') ?? node);
  return numbered(from).map((child) => readValue(child, item, ec2) ?? '');
}

function readMap(node: FormNode, member: Member, ec2: boolean): Record<string, unknown> {
  const { key, item } = member.shape;
  const from = member.flattened ? node : (node.children?.get('entry') ?? node);
  const into: Record<string, unknown> = Object.create(null);
  for (const entry of numbered(from)) {
    const name = entry.children?.get(key!.ownName ?? 'key')?.value;
    const value = entry.children?.get(item!.ownName ?? 'value');
    if (name !== undefined) into[name] = value === undefined ? '' : (readValue(value, item!, ec2) ?? '');
  }
  return into;
}
