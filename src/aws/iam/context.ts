import { impliedKey } from './implied.ts';
import type { Principal } from './principal.ts';
import type { ContextScalar, KeyLookup, RequestContext } from './request.ts';

/** The request's condition keys. Names are asked for in lower case: their case never matters. */
export interface Context {
  /** Never an empty list. */
  values(key: string): readonly string[] | undefined;
  /** For policy variables, which only single values can fill. */
  single(key: string): string | undefined;
}

/** What was given, then what follows from the principal and the resource. */
export function contextOf(given: KeyLookup, principal: Principal, resourceAccount: string): Context {
  const values = (key: string) => {
    const value = given(key);
    // An empty list that was given stands for a key that is not there.
    if (value) return value.length > 0 ? value : undefined;
    return impliedKey(key, principal, resourceAccount);
  };
  const single = (key: string) => {
    const all = values(key);
    return all?.length === 1 ? all[0] : undefined;
  };
  return { values, single };
}

export function givenKeys(context: RequestContext | KeyLookup = {}): KeyLookup {
  if (typeof context === 'function') return context;
  const known = new Map<string, readonly string[]>();
  for (const key in context) {
    const value = context[key]!;
    known.set(key.toLowerCase(), isList(value) ? value.map(String) : [String(value)]);
  }
  return (key) => known.get(key);
}

// Array.isArray alone does not narrow a readonly array.
function isList(value: ContextScalar | readonly ContextScalar[]): value is readonly ContextScalar[] {
  return Array.isArray(value);
}
