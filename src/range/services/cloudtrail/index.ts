import type { JsonObject } from '../../../model/json.ts';
import type { Consumer, Service } from '../../operation.ts';
import { delivery } from './delivery.ts';
import { digest } from './digest.ts';
import { LookupEvents } from './lookup.ts';
import { ListPublicKeys } from './public-keys.ts';
import { GetEventSelectors, PutEventSelectors, selects } from './selectors.ts';
import { dataRecords, findTrail, trailsIn } from './tables.ts';
import * as trailOperations from './trails.ts';

/** A data event that a trail selects waits in its own rows for the next delivery. */
const dataEvents: Consumer<JsonObject> = {
  topic: 'cloudtrail.data',
  async handle(record, work) {
    await work.commit((scope) => {
      dataRecords.put(
        scope,
        `${String(Date.parse(String(record['eventTime']))).padStart(15, '0')}/${String(record['eventID'])}`,
        record,
      );
    });
  },
};

export const cloudtrail: Service = {
  name: 'cloudtrail',
  operations: { ...trailOperations, GetEventSelectors, ListPublicKeys, LookupEvents, PutEventSelectors },
  tags: (arn, scope) => findTrail(scope, arn)?.tags,
  consumers: [dataEvents, delivery, digest],
  observes: {
    topic: 'cloudtrail.data',
    wants(entry, scope) {
      if (entry.category !== 'Data') return false;
      for (const trail of trailsIn(scope)) if (trail.logging && selects(trail, entry.json)) return true;
      return false;
    },
  },
};
