// Operations and input members of a service, from the wire's model files.
const depthMax = 4;

/** Operation -> members of its input with their paths from the root, outermost first. */
export function operationsOf({ operations, shapes }) {
  const membersOf = (shape, prefix, depth) => {
    const { type, members = {} } = shapes[shape] ?? {};
    if (type !== 'structure' || depth > depthMax) return [];
    const here = Object.entries(members).map(([name, member]) => memberOf(name, member, prefix, shapes));
    const below = here.flatMap(({ of, path }) => membersOf(of, `${path}.`, depth + 1));
    return [...here, ...below].sort((a, b) => levels(a.path) - levels(b.path));
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, { input }]) => [name, input ? membersOf(input.shape, '', 0) : []]),
  );
}

function memberOf(name, member, prefix, shapes) {
  const { type, member: item } = shapes[member.shape];
  const kind = type === 'structure' || type === 'list' || type === 'map' ? type : 'simple';
  const path = `${prefix}${name}${kind === 'list' ? '[]' : ''}`;
  const wire = member.location === 'header' || member.location === 'querystring' ? member.locationName : undefined;
  return { name, path, kind, wire, of: kind === 'list' ? item.shape : member.shape };
}

const levels = (path) => path.split('.').length;
