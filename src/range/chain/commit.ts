import type { JsonObject } from '../../model/json.ts';
import type { Ids } from '../ids.ts';
import type { AccountIds, Call, ReadScope, Scope, Service } from '../operation.ts';
import type { Reader, Tx } from '../store/port.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { type TrailFacts, trailRecord } from './record.ts';

/** What is to be done later, as it leaves a commit. */
export type Enqueue = (
  tx: Tx,
  row: { account: string; region: string; topic: string; payload: unknown; due: number },
) => void;

export interface Recording {
  readonly services: ReadonlyMap<string, Service>;
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

/** Writes the call's record into the commit that changes the state; management events are what LookupEvents finds. */
export function writeRecord(tx: Tx, exchange: Exchange, outcome: Outcome, recording: Recording): Recorded | undefined {
  const eventId = recording.ids.uuid(exchange.account);
  const record = trailRecord(exchange, outcome, recording.facts(exchange), eventId);
  if (record === undefined) return undefined;
  const { account, region } = exchange;
  if (record['managementEvent'] === true) {
    tx.put('trail', trailKey(account, region, exchange.time, recording.nextSeq()), record);
  }
  const scope: ReadScope = { tx, account, region };
  for (const service of recording.services.values()) {
    if (service.observes?.wants(record, scope) === true) {
      recording.enqueue(tx, { account, region, topic: service.observes.topic, payload: record, due: exchange.time });
    }
  }
  return { account, region, record };
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
