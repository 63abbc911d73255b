import type { Place } from '../model/problem.ts';
import type { Terminal } from './terminal.ts';

/** `logs/x.json.gz byte 653`: where in the unpacked content a record begins; in Parquet, which row it is. */
export function placeText({ file, offset, isRow }: Place, files: readonly string[], { say }: Terminal): string {
  const name = files[file] ?? '-';
  return isRow === true
    ? say({ en: `${name} row ${offset}`, ja: `${name} ${offset} 行目` })
    : say({ en: `${name} byte ${offset}`, ja: `${name} ${offset} バイト目` });
}
