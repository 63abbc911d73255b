// Binds variables of ARNs and condition keys to members of the input, by name.
const plain = (name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
const creates = /^(Create|Run|Allocate|Import|Copy|Register|Start|Request)/;

/** Resources of one action: [type, variable -> binder, required] each, and the types that nothing binds. */
export function bindResources(action, operation, members, types, rule) {
  const bound = [];
  const open = [];
  const top = members.filter((member) => !member.path.includes('.'));
  const whole = arnMember(top, rule);
  for (const { name, required } of action.resourceTypes) {
    if (rule.types && !rule.types.includes(name) && !required) continue;
    const format = types[name.toLowerCase()]?.arn ?? types[name]?.arn;
    if (!format) continue;
    const binder = bindType(name, format, operation, top, rule);
    if (binder) bound.push([name, binder, required]);
    else open.push([name, required]);
  }
  if (bound.length === 0 && open.length > 0 && whole) return { bound: [['', whole, true]], open: [] };
  return { bound, open: open.filter(([, required]) => required || bound.length === 0).map(([name]) => name) };
}

function arnMember(top, rule) {
  const names = rule.arns ? rule.arns.split('|').map((name) => name.replace('[]', '')) : [];
  const member = top.find((each) => names.includes(each.name) || /^(resource)?arn$/i.test(each.name));
  return member?.path;
}

function bindType(type, format, operation, top, rule) {
  if (rule.resolved?.[type]) {
    const member = rule.resolved[type].split(':').at(-1);
    if (top.some((each) => each.name === member)) return rule.resolved[type];
  }
  const variables = [...format.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]);
  const own = variables.filter((name) => !['Partition', 'Region', 'Account'].includes(name));
  const binders = {};
  for (const variable of own) {
    const path = bindVariable(variable, type, operation, top, rule, own.length === 1);
    if (path) binders[variable] = path;
    else if (creates.test(operation) && isNew(operation, type)) binders[variable] = '*';
    else return undefined;
  }
  return own.length === 0 ? {} : binders;
}

/** The operation makes a resource of this type, whose id nobody knows yet. */
function isNew(operation, type) {
  return plain(operation.replace(creates, '')).startsWith(plain(type));
}

function bindVariable(variable, type, operation, top, rule, only) {
  const given = rule.variables?.[`${type}.${variable}`] ?? rule.variables?.[variable];
  if (given) {
    const present = given
      .split('|')
      .filter((binder) => binder === '@caller' || top.some((member) => member.name === binder.split(':').at(-1)));
    if (present.length === 0 || present[0] === '@caller') return undefined;
    return present
      .map((binder) => (binder.startsWith('@') ? binder : top.find((member) => member.name === binder).path))
      .join('|');
  }
  const t = plain(type);
  const v = plain(variable);
  const wanted = [
    v,
    v.replace(/withpath$/, ''),
    ...(only ? [`${t}id`, `${t}arn`, `${t}name`, `${t}identifier`, t] : []),
  ];
  for (const name of wanted) {
    const member = top.find((each) => plain(each.name) === name || plain(each.name) === `${name}s`);
    if (member && (member.kind === 'simple' || member.kind === 'list')) return member.path;
  }
  if (!only) return undefined;
  const named = top.find((each) => /^(name|id|arn)$/i.test(each.name) && each.kind === 'simple');
  return named && plain(operation).includes(t) ? named.path : undefined;
}

/** Condition keys: key -> path, and the keys that nothing binds. Tags of the request are `tags`. */
export function bindKeys(action, members, rule, types) {
  const keys = new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)]);
  const bound = {};
  const open = [];
  let tags;
  for (const key of [...keys].sort()) {
    if (key.startsWith('aws:RequestTag/') || key === 'aws:TagKeys') tags ??= tagMember(members);
    else if (
      key.startsWith('aws:') ||
      /[:](Existing(Object|Job))?(Resource|resource|Bucket|AccessPoint)Tag\//.test(key)
    )
      continue;
    else if (rule.claims && !key.startsWith('sts:')) continue;
    else {
      const member = keyMember(key, members, types[key.toLowerCase()]?.type ?? 'String');
      if (member) bound[key] = member.path;
      else open.push(key);
    }
  }
  if (tags) tags = tags.path;
  const asksTags = [...keys].some((key) => key === 'aws:TagKeys' || key.startsWith('aws:RequestTag/'));
  if (asksTags && !tags) open.push('aws:TagKeys');
  return { bound, open, tags };
}

/** A key of one value is not bound to a list: each resource has its own, which state says. */
function keyMember(key, members, type) {
  const name = key.slice(key.indexOf(':') + 1);
  return members.find(
    (member) =>
      (member.path.includes('[]') ? type.startsWith('ArrayOf') : member.kind === 'simple') &&
      (plain(member.name) === plain(name) || plain(member.name) === `${plain(name)}s` || member.wire === name),
  );
}

function tagMember(members) {
  const names = ['tags', 'tagslist', 'taglist', 'tagset', 'tagkeys', 'tagkeylist'];
  const specifications = members.find((member) => member.path === 'TagSpecifications[].Tags[]');
  return (
    specifications ??
    members.find((member) => names.includes(plain(member.name)) && !member.path.slice(0, -2).includes('[].'))
  );
}

/** The member that hands a role to the service, for iam:PassRole. */
export function roleMember(members) {
  return members.find(
    (member) =>
      member.kind === 'simple' &&
      member.path.split('.').length <= 3 &&
      (/^(role|rolearn|executionrole|executionrolearn)$/i.test(member.name) ||
        /(rolearn|permissionarn)$/i.test(member.name)),
  );
}
