/** Bounds of the wiring. */
export const limits = {
  /** Records that a start reads again for one region: it must not take long. */
  replayedRecords: 20_000,
  /** Findings that are named where several begin as somebody typed. */
  findingsNamed: 5,
  /** How often a folder's lock is tried for: whoever held it may have just died. */
  lockTries: 3,
  /** Lists of addresses that are kept ready: more than a detector has, old versions counted. */
  listSets: 32,
} as const;
