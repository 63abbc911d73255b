import type { Json } from '../../model/json.ts';
import { isObject, itemsOf } from './indicators.ts';

/**
 * Indicators of a STIX 2.1 bundle: what the patterns compare for equality, and observables that stand for themselves.
 * A pattern of several parts counts by each of them: logs show one at a time.
 * https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
 */
export function* stixIndicators(json: Json): Generator<string> {
  const objects = isObject(json) && json['type'] === 'bundle' ? itemsOf(json['objects']) : itemsOf(json);
  for (const object of objects) {
    if (!isObject(object) || object['revoked'] === true) continue;
    const { type, value, pattern } = object;
    if (type === 'indicator' && typeof pattern === 'string' && (object['pattern_type'] ?? 'stix') === 'stix') {
      yield* compared(pattern);
    } else if (observables.has(String(type)) && typeof value === 'string') yield value;
  }
}

const observables: ReadonlySet<string> = new Set(['ipv4-addr', 'ipv6-addr', 'domain-name', 'url']);

/** `[ipv4-addr:value = '198.51.100.3']`, `ISSUBSET '198.51.100.0/24'`, `IN ('a.example', 'b.example')`. */
function* compared(pattern: string): Generator<string> {
  for (const [, path = '', not = '', values = ''] of pattern.matchAll(comparison)) {
    if (not !== '' || !/^(?:ipv[46]-addr:value|domain-name:value|url:value|file:hashes\.)/.test(path)) continue;
    for (const [, value = ''] of values.matchAll(/'((?:[^'\\]|\\.)*)'/g)) yield value.replace(/\\(.)/g, '$1');
  }
}

const comparison =
  /([\w-]+:[\w.'-]+)\s+(NOT\s+)?(?:=|ISSUBSET|IN)\s*(\((?:\s*'(?:[^'\\]|\\.)*'\s*,?)*\)|'(?:[^'\\]|\\.)*')/g;
