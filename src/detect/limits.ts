/** Bounds of detection. Memory does not grow with the length of the log. */
export const limits = {
  /** State is kept in this many partitions whatever the number of workers, so that eviction cannot differ either. */
  partitions: 16,
  /** Keys that one detector keeps in one partition; the longest untouched goes first, and is counted. */
  keysPerPartition: 2_048,
  /** Keys that all detectors together keep in one partition; who keeps most gives one up. */
  keysTogether: 4_096,
  /** Keys of all detectors whose partition is remembered. */
  keysRemembered: 16_384,
  /** How often in its window a key's last touch is written down anew. */
  touches: 64,
  /** Activities that one key of a counting detector remembers. */
  entriesPerKey: 1_024,
  /** Values that one key of a first-seen detector remembers. */
  valuesPerKey: 512,
  /** Calls in one setting of which it is remembered what came of them. */
  situationsPerSetting: 16,
  evidencePerSighting: 10,
  /** Activities that an explanation shows of each kind. */
  explained: 5,
} as const;
