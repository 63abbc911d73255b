/** Bounds of what a terminal shows, and waits for. */
export const limits = {
  /** Problems of reading; the rest is counted in the summary. */
  problemsShown: 100,
  /** Values of one kind of a principal; `--json` has them all. */
  valuesShown: 6,
  /** How often it is asked whether a command on an instance has ended, and for how long, in real time. */
  lookMs: 150,
  commandMs: 600_000,
} as const;
