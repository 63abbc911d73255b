import type { Waiting } from './ports.ts';

/** Lends the clock until what is waited for has settled, or who waits is killed: then it goes on without it. */
export async function waitUntil(settled: Promise<unknown>, { task, signal }: Waiting): Promise<void> {
  const parked = task.park();
  settled.then(parked.wake, parked.wake);
  signal?.addEventListener('abort', parked.wake, { once: true });
  if (signal?.aborted) parked.wake();
  await parked.promise;
  signal?.removeEventListener('abort', parked.wake);
}
