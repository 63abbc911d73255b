import { createHash } from 'node:crypto';

/** Ids are derived, not drawn: the same parts give the same hex digits (32 unless told). */
export function derivedId(parts: readonly (string | number)[], length = 32): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);
}
