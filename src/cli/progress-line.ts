import { cut } from './table.ts';
import { type Terminal, wiping } from './terminal.ts';

const usualColumns = 80;

/** One line that is rewritten in place while somebody watches; nothing where nobody does. */
export interface ProgressLine {
  show(text: string): void;
  /** Writes whole lines above it, whoever watches; those of a run that is over at once are never written. */
  above(lines: string): void;
  clear(): void;
}

/** `quietMs`: nothing is shown before, because most runs are over by then. */
export function progressLine(terminal: Terminal, now: () => number = Date.now, quietMs = 1_000): ProgressLine {
  const start = now();
  let last = start;
  let isShown = false;
  let held = '';
  const wipe = () => {
    if (isShown) terminal.err(wiping);
    isShown = false;
  };
  const release = () => {
    if (held === '') return;
    wipe();
    terminal.err(held);
    held = '';
  };
  return {
    show(text) {
      const time = now();
      if (time - start < quietMs) return;
      const isRoom = held !== '';
      release();
      if (!terminal.live || (time - last < 200 && !isRoom)) return;
      last = time;
      isShown = true;
      terminal.err(wiping + cut(text, (terminal.columns ?? usualColumns) - 1));
    },
    above(lines) {
      held += lines;
      if (now() - start >= quietMs) release();
    },
    clear: wipe,
  };
}
