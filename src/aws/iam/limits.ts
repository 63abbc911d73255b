export const limits = {
  /** Of `yagura iam evaluate`: more in one line is no question about one action. */
  lineCharsMax: 4 * 1024 * 1024,
  /** Of one policy: actions of which it is kept which statements cover them. */
  actionsKeptMax: 256,
} as const;
