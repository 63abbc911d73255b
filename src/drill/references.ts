import type { Json } from '../model/json.ts';

/** What `${Name}` and `${Name.Member}` stand for: a parameter, or an output of a stack or a call. */
export type Values = ReadonlyMap<string, Json>;

const reference = /\$\{([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9_-]+)*)\}/g;

export function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(reference), ([, name = '']) => name);
}

/** Every text inside with its references filled in. A text that is one reference and nothing else becomes its value. */
export function filled<T extends Json>(value: T, values: Values): T {
  return fill(value, values) as T;
}

function fill(value: Json, values: Values): Json {
  if (typeof value === 'string') return fillText(value, values);
  if (isList(value)) return value.map((item) => fill(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, values)]));
}

function fillText(text: string, values: Values): Json {
  const [only] = namesIn(text);
  if (only !== undefined && text === `\${${only}}`) return lookUp(only, values);
  return text.replaceAll(reference, (_, name: string) => {
    const value = lookUp(name, values);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function lookUp(name: string, values: Values): Json {
  const [head = '', ...members] = name.split('.');
  let value: Json | undefined = values.get(head);
  for (const member of members) {
    value = typeof value === 'object' && value !== null && !isList(value) ? value[member] : undefined;
  }
  if (value !== undefined) return value;
  const outputs = values.get(head);
  const has =
    typeof outputs === 'object' && outputs !== null ? Object.keys(outputs).join(', ') : [...values.keys()].join(', ');
  throw new Error(`\${${name}} has no value. Expected one of: ${has}`);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
