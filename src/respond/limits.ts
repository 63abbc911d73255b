/** When a run is verified, after it ran. The last word stands. */
export const verifyAfterMs = [0, 60_000, 5 * 60_000, 15 * 60_000] as const;

/** Somebody who waits at a terminal sees the last word after this long: IAM's changes take seconds to arrive. */
export const verifyByHandAfterMs = [0, 5_000, 15_000, 30_000] as const;

/** The longest that one invocation waits: a function lives 15 minutes at most, so longer waits travel by the bus. */
export const waitMsMax = 10 * 60_000;

/** How often a lost race (somebody took the entry's number) makes a plan again. */
export const racesMax = 3;

/** NACL entries per direction without the default one. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const naclEntriesMax = 20;

/** An instance that takes longer to stop or start is a failure of the run. */
export const instanceStateMsMax = 8 * 60_000;
export const instancePollMs = 5_000;
