import { gzipSync } from 'node:zlib';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { AccountIds, Call, Consumer, ReadScope, Scope, Work } from '../../operation.ts';
import { deliveryEveryMs, recordsPerFileMax } from './limits.ts';
import { noteLogFile } from './log-files.ts';
import { managementRecords, regionsWithRecords } from './records.ts';
import { selects } from './selectors.ts';
import { dataRecords, findTrail, homeRegion, putTrail, type Trail } from './tables.ts';
import { logFolder, putFile } from './write.ts';

interface Due {
  readonly trail: string;
  readonly armed: number;
}

/** Sets the trail's next delivery. A restart of logging arms it anew, and the older timer then does nothing. */
export function arm(trail: Trail, scope: Scope & Pick<Call, 'later'>, now: number): void {
  scope.later('cloudtrail.delivery', { trail: trail.arn, armed: trail.armed } satisfies Due, now + deliveryEveryMs);
}

/** Every five minutes: what was recorded since the last delivery, one file a region. */
export const delivery: Consumer<Due> = {
  topic: 'cloudtrail.delivery',
  async handle(due, work) {
    const trail = await work.commit((scope) => current(scope, due), { keep: true });
    if (trail === undefined) return work.commit(() => {});
    const regions = trail.multiRegion
      ? await work.commit((scope) => regionsWithRecords(scope), { keep: true })
      : [homeRegion(trail)];
    for (const region of regions) await deliverRegion(trail, region, work);
    await work.commit((scope) => {
      const now = current(scope, due);
      // A stopped trail delivers once more what was recorded before it stopped, and then no more.
      if (now?.logging === true) arm(now, scope, work.now());
    });
  },
};

function current(scope: ReadScope, due: Due): Trail | undefined {
  const trail = findTrail(scope, due.trail);
  return trail?.armed === due.armed ? trail : undefined;
}

interface Batch {
  readonly records: readonly JsonObject[];
  /** Key of the last record read: where the next delivery goes on. */
  readonly upTo: string;
  readonly dataIds: readonly string[];
  readonly suffix: string;
}

async function deliverRegion(trail: Trail, region: string, work: Work): Promise<void> {
  let more = true;
  while (more) {
    const batch = await work.commit((scope) => nextBatch(scope, trail, region), { keep: true });
    if (batch === undefined) return;
    more = batch.records.length >= recordsPerFileMax;
    const error = batch.records.length === 0 ? undefined : await putBatch(trail, region, batch, work);
    await work.commit(
      (scope) => {
        const now = findTrail(scope, trail.arn);
        if (now === undefined) return;
        for (const id of batch.dataIds) dataRecords.remove(scope.inRegion(region), id);
        const { lastDeliveryError: _, ...clean } = now;
        putTrail(scope, {
          ...clean,
          delivered: { ...now.delivered, [region]: batch.upTo },
          ...(batch.records.length === 0 ? {} : { lastDeliveryAt: work.now() }),
          ...(error === undefined ? {} : { lastDeliveryError: error }),
        });
      },
      { keep: true },
    );
  }
}

function nextBatch(
  scope: Scope & { readonly ids: AccountIds } & Pick<Call, 'inRegion'>,
  trail: Trail,
  region: string,
): Batch | undefined {
  const there = { ...scope.inRegion(region) };
  const now = findTrail(scope, trail.arn) ?? trail;
  const until = now.logging ? Number.POSITIVE_INFINITY : (now.stoppedAt ?? 0);
  const records: JsonObject[] = [];
  let upTo = now.delivered[region] ?? '';
  let read = 0;
  for (const { key, time, record } of managementRecords(there, upTo, now.startedAt ?? 0)) {
    if (time > until || read++ >= recordsPerFileMax) break;
    upTo = key;
    if (selects(now, record)) records.push(record);
  }
  const dataIds: string[] = [];
  for (const [id, record] of dataRecords.list(there, { limit: recordsPerFileMax })) {
    dataIds.push(id);
    if (selects(now, record)) records.push(record);
  }
  if (read === 0 && dataIds.length === 0) return undefined;
  return { records, upTo, dataIds, suffix: letters(scope.ids) };
}

/** The unique end of a file's name has 16 letters and digits of either case. */
function letters(ids: AccountIds): string {
  return ids.secret(24).replaceAll(/[+/]/g, '').padEnd(16, 'x').slice(0, 16);
}

async function putBatch(trail: Trail, region: string, batch: Batch, work: Work): Promise<string | undefined> {
  const account = work.account;
  const place = {
    account,
    region: homeRegion(trail),
    bucket: trail.bucket,
    ...(trail.prefix === undefined ? {} : { prefix: trail.prefix }),
  };
  const iso = new Date(work.now()).toISOString();
  const stamp = `${iso.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}_${batch.suffix}.json.gz`;
  const key = `${logFolder(place)}/CloudTrail/${region}/${iso.slice(0, 10).replaceAll('-', '/')}/${name}`;
  const text = JSON.stringify({ Records: batch.records });
  try {
    await putFile(place, trail.arn, key, gzipSync(text), {}, work.invoke);
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  if (trail.validated)
    await work.commit(
      (scope) =>
        noteLogFile(scope, trail, region, {
          bucket: trail.bucket,
          key,
          text,
          records: batch.records,
          time: work.now(),
        }),
      { keep: true },
    );
  return undefined;
}
