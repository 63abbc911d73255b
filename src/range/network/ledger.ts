import type { Cancel, Clock } from '../clock.ts';
import type { Feed } from '../feed.ts';
import { type FlowRecord, formatRecord, wholeRecord } from './flow-record.ts';
import { ledgerLimits } from './limits.ts';
import type { FlowSighting, Packet } from './packet.ts';
import type { NetworkInterface, World } from './world.ts';

/** A flow log of an account, as far as writing it goes. */
export interface FlowLog {
  readonly id: string;
  readonly intervalMs: 60_000 | 600_000;
  readonly fields: readonly string[];
  readonly traffic: 'ALL' | 'ACCEPT' | 'REJECT';
  readonly destination: 'cloud-watch-logs' | 's3';
}

/** Which flow logs watch an interface, and where their lines go. Served by the ec2 service. */
export interface FlowLogs {
  of(at: NetworkInterface): readonly FlowLog[];
  /** `due` is when AWS would have delivered them. */
  deliver(log: FlowLog, at: NetworkInterface, lines: readonly FlowLine[], due: number): void;
}

export interface FlowLine {
  /** Start of the flow, epoch milliseconds. */
  readonly time: number;
  readonly text: string;
}

export interface Ledger {
  write(packet: Packet, sighting: FlowSighting): void;
  /** Closes everything that is open: at the end of a run, before a snapshot. */
  close(): void;
}

/**
 * The flow records of a range. A packet is added to the open record of its (interface, flow, action); each minute
 * the open ones are closed: at once to the defence, and into the aggregates of the flow logs that watch the interface.
 */
export function createLedger(clock: Clock, world: World, feed: Feed, logs: FlowLogs): Ledger {
  let open = new Map<string, FlowRecord>();
  const aggregates = new Map<string, Aggregate>();
  let closing: Cancel | undefined;

  const closeOpen = () => {
    closing?.();
    closing = undefined;
    const closed = open;
    open = new Map();
    for (const [key, record] of closed) {
      feed.record(record.at.account, record.at.region, 'flow', wholeRecord(record, world));
      for (const log of logs.of(record.at))
        if (log.traffic === 'ALL' || log.traffic === record.action) gather(log, key, record);
    }
  };

  const gather = (log: FlowLog, key: string, record: FlowRecord) => {
    const place = `${log.id} ${record.at.id}`;
    const end = (Math.floor(record.first / log.intervalMs) + 1) * log.intervalMs;
    let aggregate = aggregates.get(place);
    if (aggregate === undefined) {
      const started: Aggregate = { log, at: record.at, records: new Map() };
      aggregate = started;
      aggregates.set(place, started);
      clock.at(Math.max(end, clock.now()), () => flush(place), `flow log ${log.id}`);
    }
    const known = aggregate.records.get(key);
    if (known === undefined) aggregate.records.set(key, { ...record });
    else merge(known, record);
  };

  const flush = (place: string) => {
    const aggregate = aggregates.get(place);
    if (aggregate === undefined) return;
    aggregates.delete(place);
    const { log, at, records } = aggregate;
    const delay = log.destination === 's3' ? ledgerLimits.deliveryS3Ms : ledgerLimits.deliveryLogsMs;
    const lines = [...records.values()].map((record) => ({
      time: record.first,
      text: formatRecord(record, log.fields, world),
    }));
    logs.deliver(log, at, lines, clock.now() + delay);
  };

  return {
    write(packet, sighting) {
      const now = clock.now();
      const key = keyOf(packet, sighting);
      const known = open.get(key);
      const fresh = recordOf(packet, sighting, now);
      if (known !== undefined) merge(known, fresh);
      else open.set(key, fresh);
      const captureEnd = (Math.floor(now / ledgerLimits.captureMs) + 1) * ledgerLimits.captureMs;
      closing ??= clock.at(captureEnd, closeOpen, 'close flow records');
      if (open.size >= ledgerLimits.openRecords) closeOpen();
    },
    close() {
      closeOpen();
      for (const place of [...aggregates.keys()]) flush(place);
    },
  };
}

interface Aggregate {
  readonly log: FlowLog;
  readonly at: NetworkInterface;
  readonly records: Map<string, FlowRecord>;
}

function keyOf({ protocol, sport, dport }: Packet, { at, src, dst, action }: FlowSighting): string {
  return `${at.id} ${src} ${sport} ${dst} ${dport} ${protocol} ${action}`;
}

function recordOf(packet: Packet, sighting: FlowSighting, now: number): FlowRecord {
  return {
    at: sighting.at,
    src: sighting.src,
    dst: sighting.dst,
    sport: packet.sport,
    dport: packet.dport,
    protocol: packet.protocol,
    action: sighting.action,
    direction: sighting.direction,
    path: sighting.path,
    packets: packet.packets ?? 1,
    bytes: packet.bytes ?? 60,
    first: now,
    last: now,
    flags: packet.flags ?? 0,
  };
}

function merge(known: FlowRecord, more: FlowRecord): void {
  known.packets += more.packets;
  known.bytes += more.bytes;
  known.flags |= more.flags;
  known.last = Math.max(known.last, more.last);
}
