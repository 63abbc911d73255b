import type { Luck } from '../luck.ts';
import { type Habit, hour, type Timeline } from '../timeline.ts';

/** One request to a bucket, as far as its log tells of it. */
export interface Stored {
  readonly bucket: string;
  /** Where from; '-' for what S3 does itself. */
  readonly from: string;
  /** Who signed it; '-' for nobody. */
  readonly by: string;
  readonly operation: string;
  readonly key?: string;
  readonly status?: number;
  readonly error?: string;
  readonly agent?: string;
  /** Signed in the address, for somebody else to use. */
  readonly isLink?: boolean;
}

/** The buckets of a company, and the one log in which all of it is written. */
export class Store {
  readonly luck: Luck;
  readonly timeline: Timeline;
  readonly account: string;
  readonly #owner: string;
  readonly #lines: string[] = [];

  constructor(luck: Luck, timeline: Timeline) {
    this.luck = luck;
    this.timeline = timeline;
    this.account = String(luck.whole(100_000_000_000, 999_999_999_999));
    this.#owner = luck.hex(64);
  }

  get now(): number {
    return this.timeline.now;
  }

  begin(habit: Habit): void {
    this.timeline.begin(habit);
  }

  session(role: string, name: string): string {
    return `arn:aws:sts::${this.account}:assumed-role/${role}/${name}`;
  }

  write({
    bucket,
    from,
    by,
    operation,
    key = '-',
    status = 200,
    error = '-',
    agent = '-',
    isLink = false,
  }: Stored): void {
    const { luck } = this;
    const [, method = 'GET'] = operation.split('.');
    const isSigned = by !== '-' && from !== '-';
    const size = luck.about(80_000);
    const uri =
      from === '-' ? '-' : `"${method} /${key === '-' ? '' : key}${isLink ? '?X-Amz-Expires=900' : ''} HTTP/1.1"`;
    const how = isSigned ? `SigV4 TLS_AES_128_GCM_SHA256 ${isLink ? 'QueryString' : 'AuthHeader'}` : '- - -';
    this.#lines.push(
      `${this.#owner} ${bucket} [${stampOf(this.now)}] ${from} ${by} ${luck.capitals(16)} ${operation} ${key} ${uri} ${from === '-' ? '-' : status} ${error} ${status === 200 ? size : 243} ${size} 12 9 "-" "${agent}" - ${luck.hex(20)}= ${how} ${bucket}.s3.ap-northeast-1.amazonaws.com TLSv1.3 - -`,
    );
  }

  take(): readonly string[] {
    return this.#lines.splice(0);
  }

  load(): number {
    return 1 + 0.8 * Math.sin((((this.now / hour + 9) % 24) / 24 - 0.54) * 2 * Math.PI);
  }
}

/** `05/Jan/2026:00:00:38 +0000` */
function stampOf(time: number): string {
  const [, weekdayless = ''] = new Date(time).toUTCString().split(', ');
  const [day, month, year, clock] = weekdayless.split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
