import { channel } from 'node:diagnostics_channel';
import { pipe } from './pipe.mjs';
import { clock, real, timers } from './virtual-time.mjs';

// The runner may let time pass when this process waits for timers and answers only.

export const run = {
  going: false,
  asked: false,
  // The handler gave no promise: until it says that it is done, the run lasts as long as there is something to do.
  lasts: false,
  over() {},
};
clock.changed = watch;

let pending = 0;
let watching = false;
let told = '';
const ended = () => {
  pending--;
  watch();
};
channel('http.client.request.start').subscribe(({ request }) => {
  pending++;
  request.once('close', ended);
  watch();
});
const fetches = new WeakSet();
const fetched = ({ request }) => {
  if (fetches.delete(request)) ended();
};
channel('undici:request:create').subscribe(({ request }) => {
  pending++;
  fetches.add(request);
  watch();
});
channel('undici:request:trailers').subscribe(fetched);
channel('undici:request:error').subscribe(fetched);

/** Sockets and the like wait for others; everything else (files, names, compression) is work of this process. */
const waits = new Set(['TCPSocketWrap', 'TLSWrap', 'PipeWrap', 'TTYWrap', 'TCPServerWrap', 'Timeout', 'MessagePort']);
const isBusy = () => process.getActiveResourcesInfo().some((kind) => !waits.has(kind));

/** A new run: what was told of the last one holds no more. */
export function begin() {
  told = '';
  Object.assign(run, { going: true, asked: false, lasts: false });
}

/** Looks, once the microtasks and two turns of the event loop are through, whether anything is left to do. */
export function watch() {
  told = '';
  if (watching || !run.going || (timers.size === 0 && !run.asked && !run.lasts)) return;
  watching = true;
  let quiet = 0;
  const look = () => {
    if (!run.going) {
      watching = false;
    } else if (isBusy()) {
      quiet = 0;
      real.setTimeout(() => real.setImmediate(look), 1);
    } else if (++quiet < 3) {
      real.setImmediate(look);
    } else {
      watching = false;
      tellIdle();
    }
  };
  real.setImmediate(look);
}

function tellIdle() {
  if (run.lasts && timers.size === 0 && pending === 0) return run.over();
  let until;
  for (const { at } of timers) if (until === undefined || at < until) until = at;
  const idle = JSON.stringify({ idle: { strands: pending, until } });
  if (idle === told) return;
  told = idle;
  pipe.write(`${idle}\n`);
}
