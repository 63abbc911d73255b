/** What the process ends with. Node's own code for an uncaught error is 1, so `bin/yagura.mjs` turns that into `bug`. */
export const exit = {
  /** As expected. */
  expected: 0,
  /** Judged, and not as expected: findings at or above `--fail-on`, a drill that failed. */
  judged: 1,
  /** Wrong usage, or input of which nothing could be read. */
  usage: 2,
  /** The world failed: port taken, disk full, no range there. */
  world: 3,
  /** Our own mistake. */
  bug: 70,
  /** Ctrl-C, after telling what there was until then; what a shell reports for a process that it ended. */
  interrupted: 130,
} as const;

export type Exit = (typeof exit)[keyof typeof exit];
