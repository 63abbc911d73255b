import { undated } from '../../model/call-name.ts';
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

/**
 * The same for a call as CloudTrail names it: `lambda.amazonaws.com` and `CreateFunction20150331`. It classifies what a
 * permission allows; CloudTrail's own readOnly differs for a few (AssumeRole is a Write here, and readOnly there).
 */
export function levelOfCall(eventSource: string, eventName: string): AccessLevel | undefined {
  const host = eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '');
  const name = undated(eventName);
  return levelOf(`${prefixes[host] ?? host}:${callNames[name] ?? name}`);
}

/** Sources of records whose actions have another prefix. */
const prefixes: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  tagging: 'tag',
};

/** Names of calls that no action has and whose verb says nothing. */
const callNames: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  Invoke: 'InvokeFunction',
};

function hasWord(list: string, word: string): boolean {
  const at = list.indexOf(word);
  if (at === -1) return false;
  const whole = (at === 0 || list[at - 1] === ' ') && [' ', undefined].includes(list[at + word.length]);
  return whole || hasWord(list.slice(at + word.length), word);
}
