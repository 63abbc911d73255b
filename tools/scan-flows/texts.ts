// Texts that are known before any line is read.
import { textAt } from './fields';
import { valuesRoom as values } from './room';

/** What is made of up to eight letters, of which the first one is in the lowest bits. */
export function letters(word: u64, length: i32): i64 {
  store<u64>(values + 64, word);
  return textAt(values + 64, values + 64 + length);
}
