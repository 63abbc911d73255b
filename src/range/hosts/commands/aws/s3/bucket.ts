import { hostLimits } from '../../../limits.ts';
import type { Seat } from '../../../seat.ts';
import { callAws } from '../call.ts';
import type { Session } from '../session.ts';

/** S3 as the high-level commands use it. */
export interface Bucket {
  readonly seat: Seat;
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  list(bucket: string, prefix: string): Promise<readonly Listed[]>;
  /** One page after the other, for `ls`. */
  pages(input: Readonly<Record<string, unknown>>): AsyncGenerator<Record<string, unknown>>;
}

export interface Listed {
  readonly key: string;
  readonly size: number;
  readonly time: number;
}

export function bucketOf(session: Session, command: string): Bucket {
  const call: Bucket['call'] = (operation, input) => callAws(session, 's3', operation, input, { command });
  async function* pages(input: Readonly<Record<string, unknown>>) {
    let token: unknown;
    for (let page = 0; page < hostLimits.awsPages; page++) {
      const more = token === undefined ? {} : { ContinuationToken: token };
      const answer = await call('ListObjectsV2', { ...input, ...more });
      yield answer;
      token = answer['NextContinuationToken'];
      if (token === undefined) return;
    }
  }
  return {
    seat: session.seat,
    call,
    pages,
    async list(bucket, prefix) {
      const found: Listed[] = [];
      for await (const page of pages({ Bucket: bucket, Prefix: prefix })) found.push(...listed(page));
      return found;
    },
  };
}

export function listed(page: Readonly<Record<string, unknown>>): Listed[] {
  const rows = (page['Contents'] ?? []) as readonly { Key: string; Size?: number; LastModified?: Date | string }[];
  return rows.map(({ Key, Size = 0, LastModified = 0 }) => ({
    key: Key,
    size: Size,
    time: new Date(LastModified).getTime(),
  }));
}
