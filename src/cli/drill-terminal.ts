import type { Moment } from '../drill/result.ts';
import type { Words } from '../model/words.ts';
import { timelineLine } from './drill-view.ts';
import { type Terminal, wiping } from './terminal.ts';

/** The live timeline, and a word on what is going on when nothing was told for a second. */
export interface LiveTimeline {
  tell(moment: Moment): void;
  doing(what: Words): void;
  stop(): void;
}

const quietMs = 1_000;

/** Lines go to `write`; progress goes to the terminal's `err`, rewritten in place where somebody watches. */
export function liveTimeline(terminal: Terminal, began: number, write: (line: string) => void): LiveTimeline {
  let current: Words | undefined;
  let since = Date.now();
  let shown = false;
  const clear = () => {
    if (shown && terminal.live) terminal.err(wiping);
    shown = false;
    since = Date.now();
  };
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - since) / 1000);
    if (current === undefined || Date.now() - since < quietMs || (shown && !terminal.live)) return;
    const text = `… ${terminal.say(current)}`;
    terminal.err(terminal.live ? `${wiping}${text} (${seconds} s)` : `${text}\n`);
    shown = true;
  }, quietMs / 2);
  timer.unref();
  return {
    tell(moment) {
      clear();
      write(`${timelineLine(moment, began, terminal.locale)}\n`);
    },
    doing(what) {
      clear();
      current = what;
    },
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}
