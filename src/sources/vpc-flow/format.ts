import { flowPaths } from '../../model/paths.ts';

/** What a flow log has that names no fields, and no header. */
export const defaultFields = flowPaths.slice(0, 14);

const known = new Set<string>(flowPaths);

/** Names of columns: AWS's with hyphens, or with underscores as Athena and Parquet have them. Undefined: no header. */
export function headerOf(
  line: string,
): { readonly fields: readonly string[]; readonly unknown: readonly string[] } | undefined {
  const fields = line
    .trim()
    .split(/\s+/)
    .map((name) => name.replaceAll('_', '-'));
  const count = fields.filter((name) => known.has(name)).length;
  if (count === 0 || count < fields.length / 2) return undefined;
  return { fields, unknown: fields.filter((name) => !known.has(name)) };
}

/** Whether a line without a header looks like the default format. */
export function isDefaultLine(line: string): boolean {
  const fields = line.trim().split(' ');
  return fields.length === defaultFields.length && /^\d+$/.test(fields[0]!) && /^(eni-|-)/.test(fields[2]!);
}

/** Whether a file that begins so is a flow log. */
export function isFlow(line: string): boolean {
  return headerOf(line) !== undefined || isDefaultLine(line);
}
