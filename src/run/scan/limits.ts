/** Bounds of scanning in workers. */
export const limits = {
  /** Bytes that one worker is ahead of the main thread, and one piece more. */
  aheadBytes: 8 * 1024 * 1024,
  /** Files that the first thread reads itself, for a worker takes a tenth of a second to start. */
  ownFiles: 8,
  /** Small files travel together. */
  messageBytes: 512 * 1024,
  /** Jobs that a worker has at once: the next one is there when the last is done. */
  jobs: 16,
  /** Threads pay where at least so many files of at most this size hold so much together. */
  manyFiles: 16,
  manyBytes: 4 * 1024 * 1024,
  usualFileBytes: 1024 * 1024,
  workers: 4,
  /** What is unpacked of a file to learn its first time. */
  peekBytes: 256 * 1024,
  /** A worker makes few objects, all of them short-lived. */
  heap: { maxYoungGenerationSizeMb: 12 },
} as const;
