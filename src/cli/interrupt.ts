/** What a shell reports for a process that Ctrl-C or SIGTERM ended. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** When the process is told to end. To be asked before anybody can know that it may be told. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Cleans up when the process is told to end, then ends it. Gives what takes this back. */
export function onInterrupt(cleanUp: () => Promise<void>): () => void {
  let ending = false;
  const end = (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    const code = codes[signal as keyof typeof codes];
    void cleanUp().finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  };
}

/** A signal that the first Ctrl-C gives; the second ends the process as if nobody had listened. */
export function stoppedByInterrupt(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  return { signal: controller.signal, release: () => void process.off('SIGINT', stop) };
}
