/** Bounds of GuardDuty. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html */
export const limits = {
  /** Lists that a detector may have. */
  threatLists: 6,
  trustedLists: 1,
  /** Of one list file. */
  listBytes: 35 * 1024 * 1024,
  threatEntries: 250_000,
  trustedEntries: 2_000,
  filters: 100,
  /** Of one Equals, NotEquals or Matches of a filter or a listing. */
  criterionValues: 50,
  /** ListFindings, ListFilters and their like give at most so many at once. */
  page: 50,
  /** GetFindingsStatistics gives so many groups unless asked for fewer. */
  groups: 100,
} as const;

/**
 * A list matches this long after its activation.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html
 */
export const activationMs = 5 * 60_000;

/**
 * A new finding is told after this time, with what recurred meanwhile.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_cloudwatch.html
 */
export const newFindingMs = 5 * 60_000;

/** Findings that did not change for so long are gone. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings.html */
export const retentionMs = 90 * 24 * 60 * 60_000;
