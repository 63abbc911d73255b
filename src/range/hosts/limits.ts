/** What a simulated host may use. Beyond it, a script meets the error that Linux has for it, or the one stated here. */
export const hostLimits = {
  /** All files together; beyond it writing fails with ENOSPC. */
  diskBytes: 64 * 1024 * 1024,
  fileBytes: 32 * 1024 * 1024,
  inodes: 50_000,
  linkDepth: 40,
  pathBytes: 4096,
  /** Running jobs; beyond it bash says that it cannot fork. */
  processes: 256,
  /** Jobs started without virtual time passing. */
  startsAtOnce: 500,
  /** Loop turns without virtual time passing; beyond it the job is killed (137). */
  idleTurns: 10_000,
  /** Loop turns between two returns to the event loop, so that a busy script never stops the range's sockets. */
  turnsPerYield: 500,
  /** What a job may print; the rest is cut. */
  outputBytes: 1024 * 1024,
  callDepth: 100,
  /** Guesses that one run of hydra makes. */
  guesses: 10_000,
  /** Hash and guess pairs remembered, so that a password is not hashed twice. */
  cryptMemo: 10_000,
  /** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: 16 KB before encoding. */
  userDataBytes: 16_384,
  scriptBytes: 1024 * 1024,
  /** A name look-up, an ssh or curl that nobody answers: how long it waits, in virtual time. */
  connectTimeoutMs: 127_000,
  /** Ports and addresses that one nmap looks at. */
  scannedPorts: 1024,
  scannedAddresses: 256,
  /** Tokens of the metadata service that one host has at once; the oldest goes first. */
  metadataTokens: 64,
  /** Echo requests of one ping. */
  pings: 10_000,
  cronEntries: 500,
  /** The journal drops its older half beyond this. */
  journalBytes: 512 * 1024,
  /** How long what a daemon writes may stay in memory only; what a job wrote is stored when it ends. */
  flushMs: 300_000,
  /** How long the AWS command line takes to start. */
  awsStartMs: 600,
  /** Pages that one call of it goes through. */
  awsPages: 1000,
};
