import { createHash, createPrivateKey, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AwsError } from '../../../aws/error.ts';
import { instant } from '../../../aws/instant.ts';
import type { Call, Consumer, ReadScope, Scope, Work } from '../../operation.ts';
import { table } from '../../table.ts';
import { digestEveryMs } from './limits.ts';
import { forget, type LogFile, undigested } from './log-files.ts';
import { type DigestKey, keyFor, storeKey } from './public-keys.ts';
import { regionsWithRecords } from './records.ts';
import { findTrail, homeRegion, putTrail, type Trail } from './tables.ts';
import { logFolder, putFile } from './write.ts';

interface Due {
  readonly trail: string;
  readonly armed: number;
  readonly from: number;
}

/** The last digest of a trail and region: the next one names it. By `<trail>/<region>`. */
const chain = table<{ readonly object: string; readonly hash: string; readonly signature: string }>(
  'cloudtrail',
  'digest',
  'global',
);

export function armDigest(trail: Trail, scope: Scope & Pick<Call, 'later'>, now: number): void {
  scope.later(
    'cloudtrail.digest',
    { trail: trail.arn, armed: trail.armed, from: now } satisfies Due,
    now + digestEveryMs,
  );
}

/**
 * Each hour, what was delivered, hashed and signed, each digest naming the one before.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export const digest: Consumer<Due> = {
  topic: 'cloudtrail.digest',
  async handle(due, work) {
    const trail = await work.commit((scope) => findTrail(scope, due.trail), { keep: true });
    if (trail === undefined || trail.armed !== due.armed || !trail.validated) return work.commit(() => {});
    const regions = trail.multiRegion
      ? await work.commit((scope) => regionsWithRecords(scope), { keep: true })
      : [homeRegion(trail)];
    for (const region of regions) await writeDigest(trail, region, due.from, work);
    await work.commit((scope) => {
      const now = findTrail(scope, due.trail);
      if (now?.logging === true && now.armed === due.armed) armDigest(now, scope, work.now());
    });
  },
};

async function writeDigest(trail: Trail, region: string, from: number, work: Work): Promise<void> {
  const { files, before, key } = await work.commit((scope) => read(scope, trail, region), { keep: true });
  const signing = key ?? (await makeKey(region, work));
  const end = work.now();
  const place = {
    account: work.account,
    region: homeRegion(trail),
    bucket: trail.bucket,
    ...(trail.prefix === undefined ? {} : { prefix: trail.prefix }),
  };
  const object = `${logFolder(place)}/CloudTrail-Digest/${region}/${instant(end).slice(0, 10).replaceAll('-', '/')}/${work.account}_CloudTrail-Digest_${region}_${trail.name}_${homeRegion(trail)}_${instant(end).replaceAll(/[-:]/g, '')}.json.gz`;
  const text = JSON.stringify(
    contents(trail, {
      account: work.account,
      from,
      end,
      object,
      files: files.map(([, file]) => file),
      fingerprint: signing.fingerprint,
      before,
    }),
  );
  const hash = createHash('sha256').update(text).digest('hex');
  const toSign = `${instant(end)}\n${trail.bucket}/${object}\n${hash}\n${before?.signature ?? 'null'}`;
  const signature = sign('sha256', Buffer.from(toSign), createPrivateKey(signing.privateKey)).toString('hex');
  const error = await put(place, trail, object, text, signature, work);
  await work.commit(
    (scope) => {
      const now = findTrail(scope, trail.arn);
      if (now === undefined) return;
      const { lastDigestError: _, ...clean } = now;
      if (error !== undefined) return putTrail(scope, { ...clean, lastDigestError: error });
      putTrail(scope, { ...clean, lastDigestAt: end });
      forget(
        scope,
        files.map(([id]) => id),
      );
      chain.put(scope, `${trail.name}/${region}`, { object, hash, signature });
    },
    { keep: true },
  );
}

function read(scope: ReadScope, trail: Trail, region: string) {
  return {
    files: undigested(scope, trail, region),
    before: chain.get(scope, `${trail.name}/${region}`),
    key: keyFor(scope, region),
  };
}

async function makeKey(region: string, work: Work): Promise<DigestKey> {
  return work.commit((scope) => storeKey(scope, region, work.now()), { keep: true });
}

async function put(
  place: Parameters<typeof putFile>[0],
  trail: Trail,
  object: string,
  text: string,
  signature: string,
  work: Work,
): Promise<string | undefined> {
  try {
    await putFile(
      place,
      trail.arn,
      object,
      gzipSync(text),
      { signature, 'signature-algorithm': 'SHA256withRSA' },
      work.invoke,
    );
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
}

interface Facts {
  readonly account: string;
  readonly from: number;
  readonly end: number;
  readonly object: string;
  readonly files: readonly LogFile[];
  readonly fingerprint: string;
  readonly before: { readonly object: string; readonly hash: string; readonly signature: string } | undefined;
}

function contents(trail: Trail, { account, from, end, object, files, fingerprint, before }: Facts) {
  const times = files.flatMap(({ newest, oldest }) => [newest, oldest]).sort();
  return {
    awsAccountId: account,
    digestStartTime: instant(from),
    digestEndTime: instant(end),
    digestS3Bucket: trail.bucket,
    digestS3Object: object,
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: times.at(-1) ?? null,
    oldestEventTime: times[0] ?? null,
    previousDigestS3Bucket: before === undefined ? null : trail.bucket,
    previousDigestS3Object: before?.object ?? null,
    previousDigestHashValue: before?.hash ?? null,
    previousDigestHashAlgorithm: before === undefined ? null : 'SHA-256',
    previousDigestSignature: before?.signature ?? null,
    logFiles: files.map(({ bucket, key, hash, newest, oldest }) => ({
      s3Bucket: bucket,
      s3Object: key,
      hashValue: hash,
      hashAlgorithm: 'SHA-256',
      newestEventTime: newest,
      oldestEventTime: oldest,
    })),
  };
}
