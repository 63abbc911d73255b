/** Bounds of what is remembered of principals. */
export const limits = {
  /** Principals that are told of one by one, and what that may hold, in bytes; the quietest beyond are told in one sum. */
  principals: 20_000,
  principalBytes: 8 * 1024 * 1024,
  /** Bits by which it is known who was folded: with a million of them, one stranger in fifty is taken for one. */
  foldedBits: 1 << 23,
  /** Calls of which it is remembered what they are for. */
  families: 20_000,
  /** Different values of one kind (regions, addresses, agents, keys, sessions) of one principal. */
  values: 50,
  /** What a principal did in its first day, and in so many calls, is usual for it. */
  usualCalls: 50,
  usualMs: 24 * 3_600_000,
  /** Of a text that came from a log, such as a user agent. */
  characters: 300,
  /** Principals without findings that a report shows. */
  quietShown: 20,
  /** Values of one kind of a principal that a report shows. */
  valuesShown: 10,
  /** Evidence of one finding that a report shows. */
  evidenceShown: 20,
} as const;
