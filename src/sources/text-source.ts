import type { Place } from '../model/problem.ts';
import type { Taken } from './listed-batch.ts';

/** A log of text lines. */
export interface TextSource {
  /** Whether a first line is one of this kind. */
  tells(line: string): boolean;
  /** Reads one file; what a file's header says is remembered in it. `changed` is when the file was last written. */
  open(changed: number | undefined): (line: string, place: Place) => Taken;
}

/** Fields apart by spaces; quoted ones and those in brackets hold spaces. */
export function spacedFields(line: string): readonly string[] {
  return Array.from(line.matchAll(/"((?:[^"\\]|\\.)*)"|\[([^\]]*)\](?=\s|$)|(\S+)/g), ([, quoted, bracketed, bare]) => {
    const text = quoted ?? bracketed ?? bare ?? '';
    return text === '-' ? '' : text;
  });
}

/** Fields by name; those that are absent (`-`) are left out. */
export function namedFields(names: readonly string[], values: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value !== undefined && value !== '' && value !== '-') fields[name] = value;
  }
  return fields;
}
