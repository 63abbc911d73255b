/** Bounds of detection. Memory does not grow with the length of the log. */
export const limits = {
  /** State is kept in this many partitions whatever the number of workers, so that eviction cannot differ either. */
  partitions: 16,
  /** Keys that one detector keeps in one partition; the longest untouched goes first, and is counted. */
  keysPerPartition: 2_048,
  /** What all detectors together keep in one partition, as `weightOf` tells it; who keeps most gives up its oldest. */
  bytesTogether: 1024 * 1024,
  /** What a key costs beside its text and state. */
  bytesPerKey: 160,
  /** Longer texts are told apart by their beginning and a hash of 64 bits. */
  textLength: 256,
  /** Keys of all detectors whose partition is remembered. */
  keysRemembered: 16_384,
  /** How often in its window a key's last touch is written down anew. */
  touches: 64,
  /** Activities that one key of a counting detector remembers. */
  entriesPerKey: 1_024,
  /** Values that one key of a first-seen detector remembers. */
  valuesPerKey: 512,
  /**
   * Places where one key was: what was seen first goes first. A build system rents its runners from a handful of
   * networks, and an account has some hundred pipelines.
   */
  placesPerKey: 1_024,
  /** Pages of a door of which it is known how they are answered, answers of each, and what each is asked with. */
  pagesPerDoor: 64,
  answersPerPage: 8,
  parametersPerPage: 16,
  /** Services, and calls of one service, of which it is known who listens. */
  services: 1_024,
  callsPerService: 4_096,
  /** Interfaces whose own address is learnt. */
  interfaces: 65_536,
  /** Pairs of an interface and an address of which packets are summed, in each of two generations. */
  pairs: 1 << 16,
  /** Interfaces and ports of which it is known that they were opened; newer ones take the place of older ones. */
  opened: 1 << 14,
  /** Pairs of addresses of which one tried to log in at the other. */
  tried: 1 << 16,
  evidencePerSighting: 10,
  /** Activities that an explanation shows of each kind. */
  explained: 5,
} as const;
