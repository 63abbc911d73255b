export const limits = {
  /** Of `yagura iam evaluate`: more in one line is no question about one action. */
  lineCharsMax: 4 * 1024 * 1024,
} as const;
