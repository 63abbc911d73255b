import type { Criteria } from '../../../findings/criteria.ts';
import { type Operation, operation } from '../../operation.ts';
import { checkedCriteria, type FieldOf } from './criteria.ts';
import { badRequest, outOfRange } from './errors.ts';
import { limits } from './limits.ts';
import { detectorOf, type Filter, filters, type Tags } from './tables.ts';

interface ByName {
  readonly DetectorId: string;
  readonly FilterName: string;
}

interface Given {
  readonly Description?: string;
  readonly Action?: Filter['action'];
  readonly Rank?: number;
  readonly FindingCriteria?: { readonly Criterion?: Criteria };
}

/** The operations that take criteria. */
export function filterOperations(fieldOf: FieldOf): Readonly<Record<string, Operation>> {
  return {
    /** Findings that meet an ARCHIVE filter from now on are archived as they come. It changes nothing of what is there. */
    CreateFilter: operation<Omit<ByName, 'FilterName'> & Given & { Name: string; Tags?: Tags }>({
      handle(input, call) {
        detectorOf(call, input.DetectorId);
        const criteria = checkedCriteria(input.FindingCriteria, fieldOf, { patterns: true }) ?? {};
        if (filters.get(call, input.Name) !== undefined) {
          throw badRequest('a filter with the given name already exists.');
        }
        const existing = [...filters.list(call)].length;
        if (existing >= limits.filters) throw badRequest('filter limit has exceeded.');
        filters.put(call, input.Name, {
          name: input.Name,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          action: input.Action ?? 'NOOP',
          rank: input.Rank ?? existing + 1,
          criteria,
          tags: input.Tags ?? {},
        });
        return { Name: input.Name };
      },
    }),
    UpdateFilter: operation<ByName & Given>({
      handle(input, call) {
        const before = filterOf(call, input);
        filters.put(call, before.name, {
          ...before,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          action: input.Action ?? before.action,
          rank: input.Rank ?? before.rank,
          criteria: checkedCriteria(input.FindingCriteria, fieldOf, { patterns: true }) ?? before.criteria,
        });
        return { Name: before.name };
      },
    }),
  };
}

export const GetFilter = operation<ByName>({
  handle(input, call) {
    const { name, description, action, rank, criteria, tags } = filterOf(call, input);
    return {
      Name: name,
      ...(description === undefined ? {} : { Description: description }),
      Action: action,
      Rank: rank,
      FindingCriteria: { Criterion: criteria },
      Tags: tags,
    };
  },
});

export const DeleteFilter = operation<ByName>({
  handle(input, call) {
    filters.remove(call, filterOf(call, input).name);
    return {};
  },
});

export const ListFilters = operation<{ DetectorId: string; MaxResults?: number; NextToken?: string }>({
  handle(input, call) {
    detectorOf(call, input.DetectorId);
    const after = input.NextToken ? { after: input.NextToken } : {};
    const max = input.MaxResults ?? limits.page;
    const names = [...filters.list(call, { ...after, limit: max + 1 })].map(([name]) => name);
    const page = names.slice(0, max);
    return { FilterNames: page, NextToken: names.length > max ? page.at(-1) : '' };
  },
});

function filterOf(call: Parameters<typeof filters.get>[0], { DetectorId, FilterName }: ByName): Filter {
  detectorOf(call, DetectorId);
  const filter = filters.get(call, FilterName);
  if (filter === undefined) throw outOfRange();
  return filter;
}
