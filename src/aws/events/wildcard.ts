import { type Chunk, literal } from '../wildcard.ts';
import { wildcardComplexityMax, wildcardStatesMax } from './limits.ts';

/** What stands between the stars of a wildcard. */
export type Wildcard = readonly Chunk[];

/** Reads `*`, `\*` and `\\`; a complaint, in EventBridge's words, instead of what it refuses. */
export function parseWildcard(text: string): Wildcard | { readonly complaint: string } {
  const pieces = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '*') {
      if (text[at + 1] === '*') return { complaint: `Consecutive wildcard characters at pos ${at + 1}` };
      pieces.push('');
    } else if (character === '\\') {
      const next = text[at + 1];
      if (next !== '*' && next !== '\\') return { complaint: `Invalid escape character at pos ${at + 1}` };
      pieces[pieces.length - 1] += next;
      at += 1;
    } else pieces[pieces.length - 1] += character;
  }
  return pieces.map(literal);
}

/** Whether some value could match so many beginnings of these wildcards at once that EventBridge refuses the rule. */
export function tooComplex(wildcards: readonly Wildcard[]): boolean {
  const machine = machineOf(wildcards);
  const alphabet = new Set([...machine.keys()].map((state) => state.at(-1) ?? ''));
  const queue: string[][] = [[...closure(machine, [''])]];
  const seen = new Set<string>();
  for (const states of queue) {
    const key = states.join('\u0001');
    if (seen.has(key)) continue;
    seen.add(key);
    if (states.filter((state) => state.includes('\u0000')).length >= wildcardComplexityMax) return true;
    if (seen.size > wildcardStatesMax) return true;
    for (const character of alphabet) {
      if (character === '\u0000' || character === '') continue;
      const next = states.flatMap((state) => [
        ...(machine.get(state)?.has(character) ? [state + character] : []),
        ...(state.endsWith('\u0000') ? [state] : []),
      ]);
      if (next.length > 0) queue.push([...closure(machine, next)].sort());
    }
  }
  return false;
}

/** States are the beginnings themselves (a star as NUL), so that wildcards share what they have in common. */
function machineOf(wildcards: readonly Wildcard[]): Map<string, Set<string>> {
  const machine = new Map<string, Set<string>>([['', new Set()]]);
  for (const wildcard of wildcards) {
    let state = '';
    for (const character of wildcard.map(({ text }) => text).join('\u0000')) {
      machine.get(state)!.add(character);
      state += character;
      if (!machine.has(state)) machine.set(state, new Set());
    }
  }
  return machine;
}

/** A star also matches nothing. */
function closure(machine: Map<string, Set<string>>, states: readonly string[]): Set<string> {
  const all = new Set(states);
  for (const state of all) if (machine.get(state)?.has('\u0000')) all.add(`${state}\u0000`);
  return all;
}
