import type { JsonObject } from '../../src/model/json.ts';
import { logLines, logStreams } from '../../src/range/services/logs/tables.ts';
import type { Reader } from '../../src/range/store/port.ts';

export const region = 'us-west-2';
export const group = 'kept';
export const notices = '/aws/events/notices';

/** Any bytes may stand in a key. */
export const callers = Array.from({ length: 16 }, (_, n) => `${n.toString(16)}/é\u0001😀%2F`);

export interface Step {
  readonly operation: 'CreateLogStream' | 'DeleteLogStream';
  readonly stream: string;
}

/** What a caller does, one after the other: streams are made, and the one of three before is removed. */
export function stepOf(caller: string, nth: number): Step {
  const made = nth <= 3 ? nth : 3 + Math.ceil((nth - 3) / 2);
  const removes = nth > 3 && (nth - 3) % 2 === 0;
  return removes
    ? { operation: 'DeleteLogStream', stream: `${caller}/${made - 3}` }
    : { operation: 'CreateLogStream', stream: `${caller}/${made}` };
}

function streamsAfter(caller: string, steps: number): readonly string[] {
  const there = new Set<string>();
  for (let nth = Math.max(1, steps - 12); nth <= steps; nth++) {
    const { operation, stream } = stepOf(caller, nth);
    if (operation === 'CreateLogStream') there.add(stream);
    else there.delete(stream);
  }
  return [...there].sort();
}

/** What was seen at earlier looks. */
export interface Known {
  /** Steps that each caller had done. */
  readonly steps: Map<string, number>;
  /** The last record that was looked at. */
  record: string | undefined;
}

/** What the store says after a kill, against what it must say. Empty: nothing answered is lost, nothing is torn. */
export function faults(store: Reader, account: string, answered: ReadonlyMap<string, number>, known: Known): string[] {
  const found: string[] = [];
  const told = noticesIn(store, account);
  const range = { prefix: `${account}/${region}/`, ...(known.record === undefined ? {} : { after: known.record }) };
  for (const [key, record] of store.range<JsonObject>('trail', range)) {
    known.record = key;
    const done = doneBy(record);
    if (done === undefined) continue;
    const nth = (known.steps.get(done.caller) ?? 0) + 1;
    known.steps.set(done.caller, nth);
    const expected = stepOf(done.caller, nth);
    if (JSON.stringify(done.step) !== JSON.stringify(expected)) {
      found.push(`torn: step ${nth} of ${done.caller} is recorded as ${JSON.stringify(done.step)}`);
    }
    if (!told.has(String(record['eventID']))) found.push(`torn: step ${nth} of ${done.caller} left no notice`);
  }
  for (const caller of callers) {
    const steps = known.steps.get(caller) ?? 0;
    const least = answered.get(caller) ?? 0;
    if (steps < least) found.push(`lost: ${caller} was answered ${least} steps, ${steps} are recorded`);
    const there = streamsOf(store, account, caller);
    const expected = streamsAfter(caller, steps);
    if (there.join() !== expected.join())
      found.push(`torn: ${caller} has ${there} after ${steps} steps, not ${expected}`);
  }
  return found;
}

/** The caller's step that a record tells of; undefined for what others did. */
function doneBy(record: JsonObject): { readonly caller: string; readonly step: Step } | undefined {
  const parameters = record['requestParameters'] as JsonObject | null;
  const stream = String(parameters?.['logStreamName'] ?? '');
  const caller = stream.slice(0, stream.lastIndexOf('/'));
  const operation = record['eventName'];
  if (parameters?.['logGroupName'] !== group || !callers.includes(caller)) return undefined;
  if (record['errorCode'] !== undefined)
    throw new Error(`${stream}: ${record['errorCode']}: ${record['errorMessage']}`);
  if (operation !== 'CreateLogStream' && operation !== 'DeleteLogStream') return undefined;
  return { caller, step: { operation, stream } };
}

function streamsOf(store: Reader, account: string, caller: string): readonly string[] {
  const scope = { tx: store, account, region };
  return Array.from(logStreams.list(scope, { prefix: `${group}:${caller}/` }), ([, { name }]) => name).sort();
}

/** Ids of the records whose notice is on its way or has arrived. */
function noticesIn(store: Reader, account: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const add = (text: string) => {
    const id = /\\?"eventID\\?":\\?"([\w-]+)/.exec(text)?.[1];
    if (id !== undefined) ids.add(id);
  };
  for (const [, row] of store.range('outbox', { prefix: 'work/' })) add(JSON.stringify(row));
  for (const text of delivered(store, account)) add(text);
  return ids;
}

/** The notices that arrived, each as often as it did. */
export function* delivered(store: Reader, account: string): Iterable<string> {
  const scope = { tx: store, account, region };
  for (const [, { message }] of logLines.list(scope, { prefix: `${notices}:` })) yield message;
}
