// What a range that is started again keeps of its lives before: a count of them, its seed, its time, its account.
import { type AdministratorKey, accountIdOf, administratorKey, createAccount } from '../range/bootstrap.ts';
import type { Clock } from '../range/clock.ts';
import type { Ids } from '../range/ids.ts';
import { type Account, accounts } from '../range/indexes.ts';
import { newestRecords, regionsWithRecords } from '../range/services/cloudtrail/records.ts';
import type { Store } from '../range/store/port.ts';

/** How often this range was started: restarts draw other ids than the first life did. */
export async function startBoot(store: Store, seed: string): Promise<{ boot: number; seed: string }> {
  const key = '~/range/boot';
  return store.commit((tx) => {
    const last = tx.get<{ boot: number; seed: string }>('state', key);
    const next = { boot: (last?.boot ?? -1) + 1, seed: last?.seed ?? seed };
    tx.put('state', key, next);
    return next;
  });
}

/** Virtual time never goes back: a range that ran ahead of the wall goes on from its last record. */
export function lastRecorded(store: Store): number {
  let last = 0;
  for (const [account] of accounts.list(store)) {
    for (const region of regionsWithRecords({ tx: store, account, region: '' })) {
      const [newest] = newestRecords({ tx: store, account, region }, undefined);
      last = Math.max(last, newest?.time ?? 0);
    }
  }
  return last;
}

/** The account asked for, else the one there is, else the one of the seed, made if it is not there; and its administrator's key. */
export async function firstAccount(
  store: Store,
  ids: Ids,
  clock: Clock,
  options: { readonly seed: string; readonly account?: string; readonly vintage: Account['vintage'] },
): Promise<{ readonly account: string; readonly administrator: AdministratorKey }> {
  const [existing] = accounts.list(store);
  const account = options.account ?? existing?.[0] ?? accountIdOf(options.seed, ids);
  const known = administratorKey(store, account);
  if (known !== undefined) return { account, administrator: known };
  const administrator = await store.commit((tx) =>
    createAccount(tx, ids, { id: account, name: 'yagura', vintage: options.vintage, time: clock.now() }),
  );
  return { account, administrator };
}
