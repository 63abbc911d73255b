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
  /** Rows that wait for their order, and bytes of memory behind them; a single piece always may. */
  waitingRows: 100_000,
  waitingBytes: 32 * 1024 * 1024,
  /** Activities and flows that are known when they are delivered again: so many, and at most twice as many activities. */
  recentActivities: 1 << 18,
  recentFlows: 1 << 18,
  /** Accounts that the logs are of. An organisation has a few thousand at most. */
  ownAccounts: 16_384,
} as const;
