import type { JsonObject } from '../../model/json.ts';
import type { Feed } from '../feed.ts';
import type { Ids } from '../ids.ts';
import type { AccountIds, Call, Observer, ReadScope, Scope, Service } from '../operation.ts';
import type { Reader, Tx } from '../store/port.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { type TrailFacts, trailEntry } from './record.ts';

/** What is to be done later, as it leaves a commit. */
export type Enqueue = (
  tx: Tx,
  row: { account: string; region: string; topic: string; payload: unknown; due: number },
) => void;

export interface Recording {
  readonly services: ReadonlyMap<string, Service>;
  readonly observers: readonly Observer[];
  readonly feed: Feed;
  readonly ids: Ids;
  readonly enqueue: Enqueue;
  facts(exchange: Exchange): TrailFacts;
  /** Order among records of one instant. */
  nextSeq(): number;
}

/** A record and where it belongs, as it goes to the feed once its commit is durable. */
export interface Recorded {
  readonly account: string;
  readonly region: string;
  readonly record: JsonObject;
}

/**
 * Writes the call's record into the commit that changes the state; management events are what LookupEvents finds.
 * Answers what the feed reads of it.
 */
export function writeRecord(tx: Tx, exchange: Exchange, outcome: Outcome, recording: Recording): Recorded | undefined {
  const { account, region, time } = exchange;
  const entry = trailEntry(exchange, outcome, recording.facts(exchange), () => recording.ids.uuid(account));
  if (entry === undefined) return undefined;
  if (entry.category === 'Management') {
    tx.putText('trail', trailKey(account, region, time, recording.nextSeq()), entry.text);
  }
  const scope: ReadScope = { tx, account, region };
  for (const { topic, wants } of recording.observers) {
    if (wants(entry, scope)) recording.enqueue(tx, { account, region, topic, payload: entry.json, due: time });
  }
  const read = recording.feed.readsCalls?.(account, region, entry.category) ?? true;
  return read ? { account, region, record: entry.json } : undefined;
}

/** Rows of one account and region in the order of time. */
function trailKey(account: string, region: string, time: number, seq: number): string {
  return `${account}/${region}/${String(time).padStart(15, '0')}/${String(seq).padStart(12, '0')}`;
}

/** The call as its handler sees it. */
export function callOf(exchange: Exchange, tx: Tx, recording: Pick<Recording, 'ids' | 'enqueue'>): Call {
  return new HandledCall(exchange, tx, recording);
}

/** The call as it is before its commit. */
export function readCall(exchange: Exchange, reader: Reader, ids: Ids): ReadCall {
  return new SeenCall(exchange, reader, ids);
}

export type ReadCall = Omit<Call, 'later' | 'tx' | 'inRegion'> & ReadScope;

/** Classes, since every call makes one or two: what few handlers ask for, such as ids, is made when they do. */
class SeenCall implements ReadCall {
  readonly tx: Reader;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly caller: Call['caller'];
  readonly requestId: string;
  readonly time: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  declare readonly via?: string;
  readonly endpoint: string;
  readonly #ids: Ids;
  #ofAccount: AccountIds | undefined;

  constructor(exchange: Exchange, reader: Reader, ids: Ids) {
    this.tx = reader;
    this.account = exchange.account;
    this.region = exchange.region;
    this.service = exchange.service.name;
    this.operation = exchange.operation;
    this.caller = exchange.caller;
    this.requestId = exchange.requestId;
    this.time = exchange.time;
    this.sourceIp = exchange.sourceIp;
    this.userAgent = exchange.userAgent;
    if (exchange.via !== undefined) this.via = exchange.via;
    this.endpoint = exchange.endpoint;
    this.#ids = ids;
  }

  get ids(): AccountIds {
    this.#ofAccount ??= accountIdsOf(this.#ids, this.account);
    return this.#ofAccount;
  }
}

class HandledCall extends SeenCall implements Call {
  declare readonly tx: Tx;
  readonly #enqueue: Enqueue;

  constructor(exchange: Exchange, tx: Tx, { ids, enqueue }: Pick<Recording, 'ids' | 'enqueue'>) {
    super(exchange, tx, ids);
    this.#enqueue = enqueue;
  }

  later(topic: string, payload: unknown, at?: number): void {
    const { account, region } = this;
    this.#enqueue(this.tx, { account, region, topic, payload, due: at ?? this.time });
  }

  inRegion(region: string): Scope {
    return { tx: this.tx, account: this.account, region };
  }
}

/** State of one account and region, and what may be done with it inside a commit. */
export function workScope(
  tx: Tx,
  account: string,
  region: string,
  { ids, enqueue }: Pick<Recording, 'ids' | 'enqueue'>,
  now: () => number,
): Scope & Pick<Call, 'later' | 'ids' | 'inRegion'> {
  return {
    tx,
    account,
    region,
    ids: accountIdsOf(ids, account),
    later: (topic, payload, at) => enqueue(tx, { account, region, topic, payload, due: at ?? now() }),
    inRegion: (other): Scope => ({ tx, account, region: other }),
  };
}

export function accountIdsOf(ids: Ids, account: string): AccountIds {
  return {
    hex: (length) => ids.hex(account, length),
    base32: (length) => ids.base32(account, length),
    uuid: () => ids.uuid(account),
    secret: (length) => ids.secret(account, length),
    key: (purpose) => ids.key(account, purpose),
  };
}
