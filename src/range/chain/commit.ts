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
export function trailKey(account: string, region: string, time: number, seq: number): string {
  return `${account}/${region}/${String(time).padStart(15, '0')}/${String(seq).padStart(12, '0')}`;
}

/** The call as its handler sees it. */
export function callOf(exchange: Exchange, tx: Tx, recording: Pick<Recording, 'ids' | 'enqueue'>): Call {
  const { account, region, time } = exchange;
  return { ...readCall(exchange, tx, recording.ids), ...workScope(tx, account, region, recording, () => time) };
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

export function readCall(
  exchange: Exchange,
  reader: Reader,
  ids: Ids,
): Omit<Call, 'later' | 'tx' | 'inRegion'> & ReadScope {
  const { account } = exchange;
  return {
    tx: reader,
    account,
    region: exchange.region,
    service: exchange.service.name,
    operation: exchange.operation,
    caller: exchange.caller,
    requestId: exchange.requestId,
    time: exchange.time,
    sourceIp: exchange.sourceIp,
    userAgent: exchange.userAgent,
    ...(exchange.via === undefined ? {} : { via: exchange.via }),
    endpoint: exchange.endpoint,
    ids: accountIdsOf(ids, account),
  };
}

export function accountIdsOf(ids: Ids, account: string): AccountIds {
  return {
    hex: (length) => ids.hex(account, length),
    base32: (length) => ids.base32(account, length),
    uuid: () => ids.uuid(account),
    secret: (length) => ids.secret(account, length),
  };
}
