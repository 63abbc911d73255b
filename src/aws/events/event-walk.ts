import { instanceOf, newMemory, reach } from '../../model/wasm.ts';
import { module } from './generated/scan-event-module.ts';

/** What is asked of events: tables of names as they lie at `tablesAt`, and how many names there are. */
export interface Laid {
  readonly tables: Uint8Array;
  readonly names: number;
}

/**
 * The walk over events in WebAssembly (tools/scan-event/). A process has one, for each would take memory and half a
 * millisecond: what is seen of an event is valid until the walk goes over the next, whoever asked for it.
 */
class EventWalk {
  readonly #memory = newMemory();
  readonly #walk = instanceOf<Exports>(module, this.#memory);
  #laid: Laid | undefined = undefined;
  #eventAt = 0;
  #turn = 0;
  /** Four numbers for each name: the turn that had it, the kind of its value, where that begins and ends. */
  places = new Int32Array(0);
  bytes: Buffer = Buffer.alloc(0);

  /** Whether the event is plain; else nothing is seen of it. */
  over(event: Uint8Array, laid: Laid): boolean {
    if (this.#laid !== laid) this.#lay(laid);
    this.#makeRoom(event.length, laid);
    this.bytes.set(event, 0);
    this.#nextTurn();
    return this.#walk.walk(tablesAt, tablesAt + laid.tables.length, this.#eventAt, event.length, this.#turn) !== 0;
  }

  /** Where in `places` the numbers are of a name that this event has; else negative. */
  placeOf(name: number): number {
    const at = name << 2;
    return this.places[at] === this.#turn ? at : -1;
  }

  #lay(laid: Laid): void {
    this.#laid = laid;
    this.#eventAt = tablesAt + laid.tables.length + placeBytes * laid.names;
    reach(this.#memory, this.#eventAt + behind);
    this.#look(laid);
    new Uint8Array(this.#memory.buffer).set(laid.tables, tablesAt);
    this.places.fill(0);
  }

  #makeRoom(length: number, laid: Laid): void {
    if (this.bytes.length >= length + behind) return;
    reach(this.#memory, this.#eventAt + length + behind);
    this.#look(laid);
  }

  #look({ tables, names }: Laid): void {
    const { buffer } = this.#memory;
    this.places = new Int32Array(buffer, tablesAt + tables.length, (placeBytes / 4) * names);
    this.bytes = Buffer.from(buffer, this.#eventAt);
  }

  /** Turns are numbers of 32 bits; after the last of them nothing that stands there may look new. */
  #nextTurn(): void {
    if (this.#turn === 0x7fffffff) {
      this.places.fill(0);
      this.#turn = 0;
    }
    this.#turn++;
  }
}

let walk: EventWalk | undefined;

/** Made for the first who has an event in bytes. */
export function eventWalk(): EventWalk {
  walk ??= new EventWalk();
  return walk;
}

/** The kinds of values, as the walk has them; other scalars are 3. */
export const kind = { object: 0, list: 1, text: 2 } as const;
/** Where tables lie: the module has nothing in memory itself. */
export const tablesAt = 1_024;
const placeBytes = 16;
/** So far behind the event the walk writes and looks. */
const behind = 64;

/** The module exports exactly this. */
interface Exports {
  walk(table: number, placesAt: number, at: number, length: number, turn: number): number;
}
