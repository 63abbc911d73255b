import { search } from 'jmespath';
import { stringify } from 'yaml';
import { CliError } from './errors.ts';
import { tableOf } from './table.ts';

export const outputs: readonly string[] = ['json', 'text', 'table', 'yaml', 'yaml-stream'];

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** An answer as plain JSON: times in ISO 8601, bytes in base64, streams left out (they went to a file). */
export function plain(value: unknown): Plain | undefined {
  if (value === undefined || typeof value === 'function') return undefined;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Date)
    return value
      .toISOString()
      .replace('.000Z', '+00:00')
      .replace(/(\.\d{3})Z$/, '$1000+00:00');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? null);
  if (Symbol.asyncIterator in (value as object)) return undefined;
  const pairs = Object.entries(value as object).flatMap(([name, one]) => {
    const made = plain(one);
    return made === undefined ? [] : [[name, made] as const];
  });
  return Object.fromEntries(pairs);
}

/** Tried before the call, since a query that cannot be read must not change anything. */
export function checkQuery(query: string | undefined): void {
  if (query === undefined) return;
  try {
    search({}, query);
  } catch (error) {
    const { name, message } = error as Error;
    // One that can be read and only fails on an empty answer (`length(Users)`) is judged after the call.
    if (name !== 'LexerError' && name !== 'ParserError') return;
    throw new CliError(`\nBad value for --query ${query}: ${message}\n`, 252);
  }
}

export function formatted(answer: Plain, format: string, query: string | undefined, title: string): string {
  const value = query === undefined ? answer : queried(answer, query);
  if (format === 'text') return textOf(value);
  if (format === 'table') return tableOf(value, title);
  if (isPairs(value) && Object.keys(value).length === 0) return '';
  if (format !== 'json') return stringify(value, { lineWidth: 0 });
  return `${JSON.stringify(value, null, 4)}\n`;
}

function queried(answer: Plain, query: string): Plain {
  try {
    return (search(answer, query) as Plain | undefined) ?? null;
  } catch (error) {
    throw new CliError(`\n${(error as Error).message}\n`, 255);
  }
}

export function isPairs(value: Plain): value is { readonly [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Python prints it. */
export function shown(value: Plain | undefined): string {
  if (value === undefined) return '';
  if (value === null) return 'None';
  return value === true ? 'True' : value === false ? 'False' : `${value}`;
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html: a line for each structure, tabs between. */
function textOf(value: Plain, name?: string, columns?: readonly string[]): string {
  if (Array.isArray(value)) return textOfList(value as readonly Plain[], name);
  if (!isPairs(value)) return `${shown(value)}\n`;
  const names = Object.keys(value).sort();
  const scalars = columns ?? names.filter((key) => !isNested(value[key]));
  const cells = scalars.map((key) => shown(value[key]));
  const line =
    cells.length === 0 ? '' : `${[...(name === undefined ? [] : [name.toUpperCase()]), ...cells].join('\t')}\n`;
  const below = names.filter((key) => !scalars.includes(key)).map((key) => textOf(value[key] ?? null, key));
  return line + below.join('');
}

function textOfList(list: readonly Plain[], name: string | undefined): string {
  if (list.length === 0) return '';
  if (list.some(isPairs)) {
    const pairs = list.filter(isPairs);
    const columns = [...new Set(pairs.flatMap((one) => Object.keys(one).filter((key) => !isNested(one[key]))))].sort();
    return list.map((one) => textOf(one, name, isPairs(one) ? columns : undefined)).join('');
  }
  const scalars = list.filter((one) => !Array.isArray(one));
  const lines =
    scalars.length === 0
      ? ''
      : name === undefined
        ? `${scalars.map(shown).join('\t')}\n`
        : scalars.map((one) => `${name.toUpperCase()}\t${shown(one)}\n`).join('');
  return (
    lines +
    list
      .filter((one) => Array.isArray(one))
      .map((one) => textOf(one, name))
      .join('')
  );
}

export function isNested(value: Plain | undefined): boolean {
  return typeof value === 'object' && value !== null;
}
