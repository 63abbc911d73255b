import levels from './generated/levels.json' with { type: 'json' };
import type { AccessLevel } from './requirement.ts';

const names: Readonly<Record<string, AccessLevel>> = {
  R: 'Read',
  L: 'List',
  W: 'Write',
  P: 'Permissions management',
  T: 'Tagging',
};
const verbs = new Map(
  Object.entries(levels.verbs).flatMap(([level, words]) => words.split(' ').map((word) => [word, level])),
);
const differ: Readonly<Record<string, Readonly<Record<string, string>>>> = levels.differ;

/**
 * The access level of an action (`s3:GetObject`). The table holds what each verb mostly means over all services and the
 * actions that differ, so it also has an answer for an action younger than the table; undefined: not even the verb is known.
 */
export function levelOf(action: string): AccessLevel | undefined {
  const at = action.indexOf(':');
  const service = action.slice(0, at);
  const name = action.slice(at + 1);
  for (const [level, list] of Object.entries(differ[service] ?? {})) {
    if (hasWord(list, name)) return names[level];
  }
  return names[verbs.get(/^[A-Z]?[a-z0-9]*/.exec(name)?.[0] ?? '') ?? ''];
}

function hasWord(list: string, word: string): boolean {
  const at = list.indexOf(word);
  if (at === -1) return false;
  const whole = (at === 0 || list[at - 1] === ' ') && [' ', undefined].includes(list[at + word.length]);
  return whole || hasWord(list.slice(at + word.length), word);
}
