import type { Terminal } from './terminal.ts';

/** One line that is rewritten in place while somebody watches; nothing where nobody does. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

export function progressLine(terminal: Terminal, now: () => number = Date.now): ProgressLine {
  const start = now();
  let last = start;
  let isShown = false;
  return {
    show(text) {
      const time = now();
      // The first second shows nothing: most runs are over by then.
      if (!terminal.live || time - start < 1_000 || time - last < 200) return;
      last = time;
      isShown = true;
      terminal.err(`\r\u001b[K${text}`);
    },
    clear() {
      if (isShown) terminal.err('\r\u001b[K');
    },
  };
}
