import { asWorldError, type WorldError } from '../run/errors.ts';
import { renderError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** What goes wrong in a range while nobody waits for it. */
export interface WorldWatch {
  /** Our own bugs are said at once; the first failure of the world (a full disk) ends the command. */
  crashed(error: unknown, where: string): void;
  /** Settles when the world has failed. */
  readonly failed: Promise<void>;
  /** Throws that failure, if there was one. */
  check(): void;
}

export function watchWorld(terminal: Terminal): WorldWatch {
  let first: WorldError | undefined;
  let fail = () => {};
  const failed = new Promise<void>((resolve) => {
    fail = resolve;
  });
  return {
    failed,
    crashed(error, where) {
      const failure = asWorldError(error);
      if (failure === undefined) {
        terminal.err(`yagura: ${where}: ${renderError(error, terminal.locale)}`);
        return;
      }
      first ??= failure;
      fail();
    },
    check() {
      if (first !== undefined) throw first;
    },
  };
}
