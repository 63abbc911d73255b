import type { ReadScope, Scope } from './operation.ts';
import type { KeyRange } from './store/port.ts';

/**
 * Rows of one kind: `account/region/service/kind/id`, the id last and as it is, so that ids list in byte order. A service declares its tables beside the type they hold;
 * the scope that the chain hands out decides account and region, so no handler can reach another's.
 */
export interface Table<T> {
  get(scope: ReadScope, id: string): T | undefined;
  put(scope: Scope, id: string, row: T): void;
  remove(scope: Scope, id: string): void;
  /** In byte order of the ids; `prefix` and `after` are of the id. */
  list(
    scope: ReadScope,
    range?: Omit<KeyRange, 'prefix'> & { readonly prefix?: string },
  ): Iterable<readonly [id: string, row: T]>;
}

export function table<T>(service: string, kind: string, home: 'regional' | 'global' = 'regional'): Table<T> {
  const rest = `${encodeURIComponent(service)}/${encodeURIComponent(kind)}/`;
  let last = { account: '', region: '', prefix: `//${rest}` };
  // Mostly one account in one region asks again and again.
  const prefix = ({ account, region: called }: ReadScope) => {
    const region = home === 'global' ? '-' : called;
    if (last.account !== account || last.region !== region) {
      const start = `${encodeURIComponent(account)}/${encodeURIComponent(region)}/${rest}`;
      last = { account, region, prefix: start };
    }
    return last.prefix;
  };
  let asked = { start: '', id: '', key: '' };
  // A call asks for its row several times: the same text as a key keeps its hash.
  const key = (scope: ReadScope, id: string) => {
    const start = prefix(scope);
    if (asked.id !== id || asked.start !== start) asked = { start, id, key: start + id };
    return asked.key;
  };
  return {
    get: (scope, id) => scope.tx.get<T>('state', key(scope, id)),
    put: (scope, id, row) => scope.tx.put('state', key(scope, id), row),
    remove: (scope, id) => scope.tx.remove('state', key(scope, id)),
    list(scope, range) {
      const start = prefix(scope);
      if (range === undefined) return withIds(scope.tx.range<T>('state', { prefix: start }), start.length);
      const { prefix: idPrefix = '', after, limit, reverse } = range;
      // Written out and not spread, which V8 does on its slow road, and every call looks into some lists.
      const keys = {
        prefix: key(scope, idPrefix),
        after: after === undefined ? undefined : start + after,
        limit,
        reverse,
      };
      return withIds(scope.tx.range<T>('state', keys), start.length);
    },
  };
}

function withIds<T>(rows: Iterable<readonly [string, T]>, start: number): Iterable<readonly [id: string, row: T]> {
  return Array.isArray(rows) && rows.length === 0 ? [] : idsOf(rows, start);
}

function* idsOf<T>(rows: Iterable<readonly [string, T]>, start: number): Iterable<readonly [id: string, row: T]> {
  for (const [key, row] of rows) yield [key.slice(start), row];
}
