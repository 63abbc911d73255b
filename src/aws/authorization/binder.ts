import type { AuthorizationFacts } from './requirement.ts';

type Input = Readonly<Record<string, unknown>>;

/** The values that a binder finds; empty if none is there, undefined if only state could say and does not. */
export type Bound = (input: Input, facts: AuthorizationFacts) => readonly string[] | undefined;

/** Compiles a binder of the table once, so that a call costs property reads only. */
export function compileBinder(text: string): Bound {
  const alternatives = text.split('|').map(compileOne);
  const [only] = alternatives;
  if (alternatives.length === 1 && only) return only;
  return (input, facts) => {
    for (const bound of alternatives) {
      const values = bound(input, facts);
      if (values === undefined || values.length > 0) return values;
    }
    return [];
  };
}

function compileOne(text: string): Bound {
  if (text === '*') return () => ['*'];
  if (text.startsWith('=')) return () => [text.slice(1)];
  if (text === '@caller') return (_input, facts) => (facts.callerArn === undefined ? undefined : [facts.callerArn]);
  if (text.startsWith('@')) {
    const [, name, path] = /^@([^:]+:[^:]+):(.+)$/.exec(text) ?? [];
    if (name === undefined || path === undefined)
      throw new Error(`binder "${text}": expected @<service>:<kind>:<Path>`);
    return compileResolved(name, compilePath(path));
  }
  const read = compilePath(text);
  return (input) => strings(read(input));
}

function compileResolved(name: string, read: (input: Input) => readonly unknown[]): Bound {
  return (input, facts) => {
    const found: string[] = [];
    for (const value of read(input)) {
      // An ARN may still be another name of the resource, as a key's alias is; if state knows no better, it stands.
      const arn = facts.resolve?.(name, value) ?? (isArn(value) ? value : undefined);
      if (arn === undefined) return undefined;
      if (typeof arn === 'string') found.push(arn);
      else found.push(...arn);
    }
    return found;
  };
}

/** `A.B[].C` and `A{}`; a missing step, or one of another type, ends in no values. */
export function compilePath(path: string): (input: Input) => readonly unknown[] {
  const steps = path.split('.').map((step) => ({
    name: step.replace(/(\[\]|\{\})$/, ''),
    each: step.endsWith('[]'),
    keys: step.endsWith('{}'),
  }));
  const [first] = steps;
  if (steps.length === 1 && first && !first.each && !first.keys) {
    return (input) => (input[first.name] === undefined || input[first.name] === null ? [] : [input[first.name]]);
  }
  return (input) => {
    let at: unknown[] = [input];
    for (const step of steps) {
      const next: unknown[] = [];
      for (const value of at) descend(value, step, next);
      at = next;
    }
    return at;
  };
}

function descend(value: unknown, step: { name: string; each: boolean; keys: boolean }, into: unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  const member = (value as Input)[step.name];
  if (member === undefined || member === null) return;
  if (step.each) {
    if (Array.isArray(member)) into.push(...member);
  } else if (step.keys) {
    if (typeof member === 'object') into.push(...Object.keys(member));
  } else into.push(member);
}

function isArn(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('arn:');
}

function strings(values: readonly unknown[]): readonly string[] {
  const found: string[] = [];
  for (const value of values) {
    const text = textOf(value);
    if (text !== undefined) found.push(text);
  }
  return found;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  return undefined;
}
