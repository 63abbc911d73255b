import { AwsError } from '../../aws/error.ts';
import type { Task } from '../clock.ts';
import type { Feed } from '../feed.ts';
import type { Functions } from '../functions.ts';
import { answered } from '../indexes.ts';
import type { Invoke } from '../operation.ts';
import type { Blobs, Reader, Store } from '../store/port.ts';
import type { Wire } from '../wire/wire.ts';
import { type Authoriser, type Judgement, judge, Refused, Undecided } from './authorise.ts';
import { CallBlobs } from './call-blobs.ts';
import { callOf, type Recorded, type Recording, readCall, writeRecord } from './commit.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { refusedCall } from './refused-call.ts';

export interface Performing extends Authoriser, Recording {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly functions: Functions;
  readonly wire: Wire;
  invoke(task: Task): Invoke;
  /** Keeps a decision for `yagura why`, up to a limit. */
  remember(requestId: string, judgements: readonly Judgement[]): void;
}

/**
 * authorise -> validate -> handle -> record, for calls from sockets and from inside alike.
 * State, record and outgoing work are one commit, and the answer waits for it. Refused and failed calls are recorded too.
 */
export async function perform(exchange: Exchange, parts: Performing): Promise<Record<string, unknown>> {
  const { definition, input, once } = exchange;
  const blobs = new CallBlobs(parts.blobs);
  try {
    const before = once === undefined ? undefined : answered.get(parts.store, once);
    if (before !== undefined) return before;
    const check = checkOf(exchange, parts);
    if (definition.validatesFirst !== undefined) check();
    const absent = exchange.service.absent?.(input, parts.store, exchange.operation);
    if (absent !== undefined) throw absent;
    authorise(exchange, parts.store, parts, check);
    if (definition.validatesFirst === undefined) check();
    const preparing = prepare(exchange, parts, blobs);
    const waits = preparing instanceof Promise;
    const prepared: unknown = waits ? await preparing : preparing;
    const { output, recorded } = await parts.store.commit((tx) => {
      // Policies may have changed while the call waited; where it did not wait nothing came between.
      if (waits) authorise(exchange, tx, parts, check);
      const call = callOf(exchange, tx, parts);
      const output = hidingAbsence(exchange, tx, parts, () => definition.handle(input, call, prepared as undefined));
      if (once !== undefined) answered.put(tx, once, output);
      return { output, recorded: writeRecord(tx, exchange, { ok: true, output, call }, parts) };
    });
    tell(parts.feed, recorded);
    return output;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    await blobs.forget();
    const outcome: Outcome = { ok: false, code: error.code, message: error.message, status: error.status };
    const recorded = await parts.store.commit((tx) => writeRecord(tx, exchange, outcome, parts));
    tell(parts.feed, recorded);
    throw error;
  }
}

function checkOf({ service, operation, input }: Exchange, { wire }: Performing): () => void {
  const plan = wire.operation(service.name, operation);
  if (plan === undefined) throw new Error(`no model of ${service.name}:${operation}`);
  return () => wire.check(plan, input);
}

/** A promise only where the operation has something to wait for. */
function prepare(exchange: Exchange, parts: Performing, blobs: Blobs): unknown {
  return exchange.definition.prepare?.(exchange.input, {
    call: readCall(exchange, parts.store, parts.ids),
    blobs,
    functions: parts.functions,
    invoke: parts.invoke(exchange.task),
    task: exchange.task,
  });
}

/** Says that something is missing only to who may know it; others hear that they may not. */
function hidingAbsence<T>(exchange: Exchange, reader: Reader, parts: Performing, step: () => T): T {
  const { absence } = exchange.definition;
  try {
    return step();
  } catch (error) {
    if (absence === undefined || !(error instanceof AwsError) || error.code !== absence.code) throw error;
    const { action, resource } = absence.requirement(exchange.input);
    try {
      judge(exchange, reader, parts, [{ kind: 'decided', action, level: 'List', resources: [resource], keys: {} }]);
    } catch (refused) {
      throw refused instanceof Refused ? refusedCall(exchange, refused, reader, parts.ids) : refused;
    }
    throw error;
  }
}

function authorise(exchange: Exchange, reader: Reader, parts: Performing, check: () => void): void {
  if (exchange.caller.kind === 'anonymous' && exchange.definition.anonymous !== undefined) return;
  try {
    parts.remember(exchange.requestId, judge(exchange, reader, parts));
  } catch (error) {
    if (error instanceof Undecided && error.lacksInput) check();
    if (!(error instanceof Refused)) throw error;
    parts.remember(exchange.requestId, error.judgements);
    throw refusedCall(exchange, error, reader, parts.ids);
  }
}

function tell(feed: Feed, recorded: Recorded | undefined): void {
  if (recorded !== undefined) feed.record(recorded.account, recorded.region, 'cloudtrail', recorded.record);
}
