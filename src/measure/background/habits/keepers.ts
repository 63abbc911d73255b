import { type AccountName, type Estate, regions } from '../estate.ts';
import { backups, lifecycle } from './backups.ts';
import { images } from './images.ts';
import { audits, guardrails, newRegion } from './organisation.ts';
import { inventory, patches, tidies } from './upkeep.ts';

/** Nightly and weekly keepers: backups, patches, images, tidying, sweeps for auditors, guardrails of the organisation. */
export function beginKeepers(estate: Estate): void {
  const { accounts } = estate;
  for (const name of ['production', 'payments', 'staging', 'data'] satisfies AccountName[]) {
    for (const region of regions.slice(0, 2)) {
      const place = { account: accounts[name], region };
      const luck = estate.luck.fork(`keepers ${name} ${region}`);
      estate.begin(backups(estate, luck.fork('backups'), place));
      estate.begin(lifecycle(estate, luck.fork('lifecycle'), place));
      estate.begin(patches(estate, luck.fork('patches'), place));
      estate.begin(inventory(estate, luck.fork('inventory'), place));
    }
  }
  for (const account of Object.values(accounts))
    estate.begin(tidies(estate, estate.luck.fork(`tidies ${account}`), account));
  estate.begin(images(estate, estate.luck.fork('images')));
  estate.begin(audits(estate, estate.luck.fork('audits')));
  estate.begin(guardrails(estate, estate.luck.fork('guardrails')));
  estate.begin(newRegion(estate, estate.luck.fork('new region')));
}
