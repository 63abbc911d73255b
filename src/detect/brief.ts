import { hashesOf } from '../model/hash.ts';
import { cutOf } from '../model/weight.ts';
import { limits } from './limits.ts';

/** The text itself, or what stands for one that is too long to be remembered. */
export function brief(text: string): string {
  if (text.length <= limits.textLength) return text;
  const [a, b] = hashesOf(text);
  return `${cutOf(text, limits.textLength / 2)}…${a.toString(16)}${b.toString(16)} ${text.length}`;
}
