import { compile } from '../../aws/iam/compile.ts';
import type { Policy } from '../../aws/iam/policy.ts';
import type { JsonObject } from '../../model/json.ts';
import { compiledPoliciesMax } from './limits.ts';

const compiled = new Map<string, Policy>();
const compiledFrozen = new WeakMap<JsonObject, Policy>();

/**
 * Compiled documents by their text: the document is read anew for every decision, and a changed one has another text,
 * so nothing here can outlive a change of a policy. The map is as pure as `compile`: whoever asks gets the same answer.
 */
export function compiledOf(document: JsonObject): Policy {
  // A row that the store keeps: frozen to its leaves, so that the object says as much as its text.
  if (Object.isFrozen(document)) {
    const known = compiledFrozen.get(document) ?? compiledByText(document);
    compiledFrozen.set(document, known);
    return known;
  }
  return compiledByText(document);
}

function compiledByText(document: JsonObject): Policy {
  const text = JSON.stringify(document);
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const policy = compile(document);
  // All at once: bookkeeping on each call would cost more than compiling anew now and then.
  if (compiled.size >= compiledPoliciesMax) compiled.clear();
  compiled.set(text, policy);
  return policy;
}
