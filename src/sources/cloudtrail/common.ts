import { addressOf } from '../../aws/address.ts';
import type { Address, Shared } from '../../model/activity.ts';
import { ByBytes } from '../generation.ts';
import { Interner } from '../interner.ts';
import { limits } from '../limits.ts';
import { jsonOfSpan } from '../span-value.ts';
import { type Caller, callerOf } from './caller.ts';

/** Operations, addresses and programs that the records of a run have in common, each known by its bytes. */
export class Common {
  readonly #callers = new ByBytes<Caller>(limits.callers, callerOf);
  readonly #calls = new ByBytes<Call>(limits.common, callOf);
  readonly #addresses = new ByBytes<From>(limits.common, (bytes, start, end) =>
    from(String(jsonOfSpan(bytes, start, end))),
  );
  readonly #agents = new ByBytes<Agent>(limits.common, () => ({ verdict: undefined }));

  readonly interner = new Interner();

  caller(bytes: Buffer, start: number, end: number): Caller {
    // What is too long to be worth keeping is made anew each time.
    return end - start > limits.valueBytes ? callerOf(bytes, start, end) : this.#callers.of(bytes, start, end)!;
  }

  call(bytes: Buffer, start: number, end: number): Call {
    return this.#calls.of(bytes, start, end)!;
  }

  from(bytes: Buffer, start: number, end: number): From {
    return this.#addresses.of(bytes, start, end)!;
  }

  agent(bytes: Buffer, start: number, end: number): Agent {
    return this.#agents.of(bytes, start, end)!;
  }
}

export interface Call extends Shared {
  readonly source: string;
  readonly name: string;
}

export interface From extends Shared {
  readonly address: Address | undefined;
}

export type Agent = Shared;

/** `"source","eventName":"name"` */
function callOf(bytes: Buffer, start: number, end: number): Call {
  const { source, eventName } = JSON.parse(`{"source":${bytes.toString('utf8', start, end)}}`) as {
    source: string;
    eventName: string;
  };
  return { source, name: eventName, verdict: undefined, told: undefined, rank: undefined };
}

function from(text: string): From {
  return { address: addressOf(text), verdict: undefined };
}

/** The record has no address. */
export const nowhere: From = from('');

/** The record names no program. */
export const noAgent: Agent = { verdict: undefined };
