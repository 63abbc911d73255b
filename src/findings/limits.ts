/** Bounds of the hub. */
export const limits = {
  /** Activities that a finding remembers: the first half as they began, the other half the latest. */
  evidencePerFinding: 20,
  /** Findings that a run over logs holds, and their bytes; the others were told when they went. */
  findingsHeld: 10_000,
  bytesHeld: 16 * 1024 * 1024,
  /** What only happens again is told again after so long, by event time. */
  retoldAfterMs: 6 * 60 * 60_000,
  /** ListFindings gives at most so many at once. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListFindings.html */
  page: 50,
} as const;
