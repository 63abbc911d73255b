import type { ExecResult } from 'just-bash';
import { printed } from '../../../seat.ts';
import { type Bucket, listed } from './bucket.ts';
import type { Options } from './options.ts';
import { placeOf } from './place.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/s3/ls.html */
export async function list(s3: Bucket, options: Options): Promise<ExecResult> {
  const place = placeOf(options.places[0] === undefined ? 's3://' : options.places[0].replace(/^(?!s3:\/\/)/, 's3://'));
  if (place.kind !== 's3' || place.bucket === '') return listBuckets(s3);
  const deep = options.values.has('recursive');
  const lines: string[] = [];
  let [count, total] = [0, 0];
  for await (const page of s3.pages({
    Bucket: place.bucket,
    Prefix: place.key,
    ...(deep ? {} : { Delimiter: '/' }),
    EncodingType: 'url',
  })) {
    const prefixes = (page['CommonPrefixes'] ?? []) as readonly { Prefix: string }[];
    for (const { Prefix } of prefixes) lines.push(`${' '.repeat(27)}PRE ${lastPart(decodeURIComponent(Prefix))}\n`);
    for (const { key, size, time } of listed(page)) {
      const name = decodeURIComponent(key.replaceAll('+', ' '));
      const amount = options.values.has('human-readable') ? human(size) : `${size}`;
      lines.push(`${stamp(time)} ${amount.padStart(10)} ${deep ? name : lastPart(name)}\n`);
      count++;
      total += size;
    }
  }
  const amount = options.values.has('human-readable') ? human(total) : `${total}`;
  const summary = options.values.has('summarize') ? `\nTotal Objects: ${count}\n   Total Size: ${amount}\n` : '';
  // Nothing below a prefix is a failure, an empty bucket is not.
  return printed(lines.join('') + summary, lines.length === 0 && place.key !== '' ? 1 : 0);
}

async function listBuckets(s3: Bucket): Promise<ExecResult> {
  const { Buckets = [] } = await s3.call('ListBuckets', {});
  const rows = Buckets as readonly { Name: string; CreationDate: Date | string }[];
  return printed(rows.map((one) => `${stamp(new Date(one.CreationDate).getTime())} ${one.Name}\n`).join(''));
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function lastPart(key: string): string {
  return key
    .split('/')
    .slice(key.endsWith('/') ? -2 : -1)
    .join('/');
}

function human(bytes: number): string {
  if (bytes < 1024) return `${bytes} Bytes`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}
