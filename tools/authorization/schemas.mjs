// Reads operations and input members from the SDK clients' runtime schemas.
// operation: [9, ns, name, traits, () => input, () => output]; struct: [3, ns, name, traits, names, members, required];
// list: [1, ns, name, traits, of]; map: [2, ns, name, traits, key, value]; a member may be a pair [schema, traits].
const depthMax = 4;

/** Operations of a client module: name -> members of the input. */
export function operationsOf(client) {
  const found = {};
  for (const [name, schema] of Object.entries(client)) {
    if (name.endsWith('$') && Array.isArray(schema) && schema[0] === 9) found[schema[2]] = membersOf(schema[4], '', 0);
  }
  return found;
}

/** Members with their path from the root of the input, outermost first. */
function membersOf(reference, prefix, depth) {
  const struct = schemaOf(reference);
  if (!Array.isArray(struct) || (struct[0] !== 3 && struct[0] !== 4) || depth > depthMax) return [];
  const here = struct[4].map((name, index) => memberOf(name, struct[5][index], prefix));
  const below = here.flatMap((member) =>
    member.kind === 'struct' || member.kind === 'list' ? membersOf(member.of, `${member.path}.`, depth + 1) : [],
  );
  return [...here, ...below].sort((a, b) => levels(a.path) - levels(b.path));
}

function memberOf(name, reference, prefix) {
  const pair = Array.isArray(reference) && reference.length === 2 ? reference : [reference, 0];
  const schema = schemaOf(pair[0]);
  const kind = kindOf(schema);
  const path = `${prefix}${name}${kind === 'list' ? '[]' : ''}`;
  const wire = typeof pair[1] === 'object' ? (pair[1].httpHeader ?? pair[1].httpQuery) : undefined;
  return { name, path, kind, wire, of: kind === 'list' && Array.isArray(schema) ? schema[4] : schema };
}

function kindOf(schema) {
  if (typeof schema === 'number') return schema & 128 ? 'map' : schema & 64 ? 'list' : 'simple';
  if (!Array.isArray(schema)) return 'simple';
  return { 1: 'list', 2: 'map', 3: 'struct', 4: 'struct' }[schema[0]] ?? 'simple';
}

function schemaOf(reference) {
  const schema = typeof reference === 'function' ? reference() : reference;
  return Array.isArray(schema) && schema.length === 2 ? schemaOf(schema[0]) : schema;
}

const levels = (path) => path.split('.').length;
