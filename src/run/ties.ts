import type { Batch, Row } from '../sources/batch.ts';

/**
 * Logs tell time by the second, and what happened in one second stands in them in any order: LookupEvents has the newest
 * first, files are cut anywhere. So rows of one time go by what they say: what gives credentials before what uses them,
 * what makes before what takes away, then by fingerprint.
 */
export function placeAmongTies({ kind, name, call, fingerprint }: Row): number {
  if (kind !== 'api-call') return fingerprint;
  const rank = call?.rank ?? rankOf(name);
  if (call !== undefined) call.rank = rank;
  return placeOf(rank, fingerprint);
}

function placeOf(rank: number, fingerprint: number): number {
  return rank * span + (fingerprint - Math.floor(fingerprint / span) * span);
}

/** The same without a look at the row, where its call was met before. */
function placeAt(batch: Batch, index: number): number {
  const { numbered } = batch;
  const rank = numbered?.callAt(index)?.rank;
  return numbered === undefined || rank === undefined
    ? placeAmongTies(batch.at(index))
    : placeOf(rank, numbered.fingerprints[index]!);
}

/** Puts rows of one time into their order. */
export class Ties {
  /** By row of a piece. */
  #places = new Float64Array(1_024);

  /**
   * Settles the rows of one time that stand together in `order` from `start` on, and tells where they end. To be asked
   * when their time has come, for what a row says is held from then on. Flows stay as they came: detectors add them up,
   * and there are thousands in one second.
   */
  settle(batch: Batch, times: Float64Array, order: Uint32Array, start: number): number {
    const time = times[order[start]!];
    let end = start + 1;
    while (end < order.length && times[order[end]!] === time) end++;
    const isOfCalls = batch.numbered !== undefined;
    if (end - start === 1 || (!isOfCalls && batch.at(order[start]!).kind === 'network-flow')) return end;
    if (this.#places.length < order.length) this.#places = new Float64Array(order.length);
    const places = this.#places;
    for (let at = start; at < end; at++) places[order[at]!] = placeAt(batch, order[at]!);
    sort(order, places, start, end);
    return end;
  }
}

/** Most seconds have few rows. */
function sort(order: Uint32Array, places: Float64Array, start: number, end: number): void {
  if (end - start > fewRows) {
    order.subarray(start, end).sort((a, b) => places[a]! - places[b]!);
    return;
  }
  for (let at = start + 1; at < end; at++) {
    const row = order[at]!;
    const place = places[row]!;
    let to = at;
    for (; to > start && places[order[to - 1]!]! > place; to--) order[to] = order[to - 1]!;
    order[to] = row;
  }
}

/** Most names read, and their first letter says so. */
function rankOf(name: string): number {
  const verbs = ranked.get(name.charCodeAt(0));
  return verbs?.find(({ verb }) => name.startsWith(verb))?.rank ?? 2;
}

const verbs: readonly (readonly [rank: number, verbs: string])[] = [
  [0, 'Assume GetSessionToken GetFederationToken ConsoleLogin'],
  [1, 'Add Attach Create Put Register Run Start'],
  [3, 'Delete Deregister Detach Remove Stop Terminate'],
];

const ranked = new Map<number, { readonly verb: string; readonly rank: number }[]>();
for (const [rank, words] of verbs) {
  for (const verb of words.split(' ')) {
    const letter = verb.charCodeAt(0);
    ranked.set(letter, [...(ranked.get(letter) ?? []), { verb, rank }]);
  }
}

const fewRows = 16;
/** A fingerprint has 53 bits; its lower ones and the rank must fit into as many. */
const span = 2 ** 51;
