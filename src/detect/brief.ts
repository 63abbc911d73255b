import { cutOf } from '../model/weight.ts';
import { limits } from './limits.ts';

/** The text itself, or what stands for one that is too long to be remembered. */
export function brief(text: string): string {
  if (text.length <= limits.textLength) return text;
  let [a, b] = [0x811c9dc5, 0x9dc5811c];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 13);
  }
  // Two hashes that differ where one does not: nobody meets both by chance.
  return `${cutOf(text, limits.textLength / 2)}…${(a >>> 0).toString(16)}${(b >>> 0).toString(16)} ${text.length}`;
}
