// Access levels of every action of every service: the level that a verb mostly has, and the actions that differ.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const letters = { Read: 'R', List: 'L', Write: 'W', 'Permissions management, Write': 'P', 'Tagging, Write': 'T' };
letters['Permissions management'] = 'P';
letters.Tagging = 'T';

export function levelsText(folder) {
  const all = [];
  for (const file of readdirSync(folder).sort(order)) {
    for (const { name, accessLevel } of Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8')))) {
      const level = letters[accessLevel];
      if (!level) throw new Error(`${file} ${name}: unknown access level ${accessLevel}`);
      all.push({ service: file.replace('.json', ''), name, level, verb: /^[A-Z]?[a-z0-9]*/.exec(name)[0] });
    }
  }
  const verbs = commonest(all);
  const differ = {};
  for (const { service, name, level, verb } of all) {
    if (verbs[verb] === level) continue;
    differ[service] ??= {};
    append(differ[service], level, name);
  }
  const rows = Object.entries(differ).map(([service, levels]) => {
    const parts = Object.entries(levels).map(([level, names]) => [level, names.sort(order).join(' ')]);
    return `  ${JSON.stringify(service)}: ${JSON.stringify(Object.fromEntries(parts.sort(([a], [b]) => order(a, b))))}`;
  });
  return `{\n"verbs": ${JSON.stringify(grouped(verbs))},\n"differ": {\n${rows.join(',\n')}\n}\n}\n`;
}

function commonest(all) {
  const counts = {};
  for (const { verb, level } of all) {
    counts[verb] ??= {};
    counts[verb][level] = (counts[verb][level] ?? 0) + 1;
  }
  const top = (levels) => Object.entries(levels).sort(([a, x], [b, y]) => y - x || order(a, b))[0][0];
  return Object.fromEntries(Object.entries(counts).map(([verb, levels]) => [verb, top(levels)]));
}

function grouped(verbs) {
  const levels = {};
  for (const [verb, level] of Object.entries(verbs).sort(([a], [b]) => order(a, b))) append(levels, level, verb);
  return Object.fromEntries(
    Object.entries(levels)
      .sort(([a], [b]) => order(a, b))
      .map(([level, names]) => [level, names.join(' ')]),
  );
}

function append(lists, key, item) {
  lists[key] ??= [];
  lists[key].push(item);
}

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
