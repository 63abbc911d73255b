/** Bounds of what is remembered of credentials. */
export const limits = {
  /** Sessions of which it is known who got them, and their bytes; those learnt first go first. */
  sessions: 65_536,
  bytes: 10 * 1024 * 1024,
  /** What was told of keys lately. */
  told: 8_192,
  /** Steps of one chain of roles; the last ones are kept. */
  chain: 8,
  /** AWS's access key ids are shorter. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html */
  keyLength: 128,
} as const;
