/** The range's tables: what is, what CloudTrail recorded, what is still to be delivered. */
export type TableName = 'state' | 'trail' | 'outbox';

export interface KeyRange {
  readonly prefix: string;
  /** Exclusive: only keys after this one in byte order (before it, where `reverse`). */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  readonly reverse?: boolean | undefined;
}

export interface Reader {
  get<T>(table: TableName, key: string): T | undefined;
  /** In the byte order of the keys' UTF-8. */
  range<T>(table: TableName, range: KeyRange): Iterable<readonly [key: string, value: T]>;
}

export interface Tx extends Reader {
  put(table: TableName, key: string, value: unknown): void;
  /** The same for a row whose JSON was written already. */
  putText(table: TableName, key: string, text: string): void;
  remove(table: TableName, key: string): void;
}

/**
 * Where the range's state lives. Values are JSON. Keys are any string up to 1,900 bytes of UTF-8;
 * those of state are `account/region/service/kind/id`, the first four percent-encoded, the id as it is.
 */
export interface Store extends Reader {
  /** Runs `step` now, synchronously, on committed and pending state; a throw leaves nothing. Resolves when durable. */
  commit<T>(step: (tx: Tx) => T): Promise<T>;
  /** A consistent copy into an empty folder. */
  backup(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Bodies too large for a row: S3 objects, function code. Written whole or not at all. */
export interface Blobs {
  write(
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly file: string; readonly size: number; readonly sha256: string }>;
  read(file: string): AsyncIterable<Uint8Array>;
  drop(file: string): Promise<void>;
  /** Removes what no live row names; returns how many. */
  sweep(live: Iterable<string>): Promise<number>;
}
