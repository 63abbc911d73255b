import type { JsonObject } from '../../model/json.ts';
import { Estate } from './estate.ts';
import { beginKeepers } from './habits/keepers.ts';
import { beginOffice } from './habits/office.ts';
import { beginPipelines } from './habits/pipelines.ts';
import { beginScaling } from './habits/scaling.ts';
import { beginServices } from './habits/services.ts';
import { beginUsers } from './habits/users.ts';
import { beginVendors } from './habits/vendors.ts';
import { beginWorkloads } from './habits/workloads.ts';
import { Luck } from './luck.ts';
import { Timeline } from './timeline.ts';

/**
 * The CloudTrail of a company in which nothing bad happens, without end and in the order of time: a larger number of
 * records is a longer time. The same seed gives the same records.
 */
export function* background(seed: number): Generator<JsonObject, void, void> {
  const timeline = new Timeline(start);
  const estate = new Estate(new Luck(seed), timeline);
  beginServices(estate);
  beginWorkloads(estate);
  beginScaling(estate);
  beginOffice(estate);
  beginPipelines(estate);
  beginVendors(estate);
  beginKeepers(estate);
  beginUsers(estate);
  while (timeline.turn()) yield* estate.take();
}

/** A Monday. */
const start = Date.UTC(2026, 0, 5);
