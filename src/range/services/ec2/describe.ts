import { wildcard } from '../../../aws/wildcard.ts';
import type { Call } from '../../operation.ts';
import { all, found, type Kind, type Row, refuse } from './resource.ts';

export interface Filter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

export interface DescribeInput {
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The values by which a row can be filtered: a list where any of them may match. */
export type FilterFacts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What every Describe operation does: ids first, then filters, then a page. */
export function describe<T extends Row>(
  of: Kind<T>,
  call: Call,
  input: DescribeInput,
  ids: readonly string[] | undefined,
  facts: (row: T) => FilterFacts,
): { readonly rows: readonly T[]; readonly token: { NextToken?: string } } {
  const named = ids === undefined || ids.length === 0 ? [...all(of, call)] : ids.map((id) => found(of, call, id));
  const rows = filtered(named, input.Filters, (row) => ({ ...tagFacts(row), ...facts(row) }));
  const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
  if (!Number.isInteger(from) || from < 0)
    throw refuse('InvalidNextToken', `The token '${input.NextToken}' is invalid`);
  const to = from + (input.MaxResults ?? rows.length);
  return { rows: rows.slice(from, to), token: to < rows.length ? { NextToken: String(to) } : {} };
}

/** All filters must match; of a filter's values one is enough; `*` and `?` are wildcards. */
export function filtered<T>(
  rows: readonly T[],
  filters: readonly Filter[] | undefined,
  facts: (row: T) => FilterFacts,
): T[] {
  return rows.filter((row) => {
    const known = facts(row);
    return (filters ?? []).every(({ Name = '', Values = [] }) => {
      if (!(Name in known) && !Name.startsWith('tag:')) {
        throw refuse('InvalidParameterValue', `The filter '${Name}' is invalid`);
      }
      const has = known[Name] ?? [];
      const list = typeof has === 'string' ? [has] : has;
      return Values.some((pattern) => list.some(wildcard(pattern)));
    });
  });
}

function tagFacts(row: Row): FilterFacts {
  const tags = Object.entries(row.tags);
  return {
    ...Object.fromEntries(tags.map(([key, value]) => [`tag:${key}`, value])),
    'tag-key': tags.map(([key]) => key),
    'tag-value': tags.map(([, value]) => value),
  };
}
