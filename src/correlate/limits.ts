/** Bounds of correlation. */
export const limits = {
  /** Stages of one intrusion follow one another within this. GuardDuty looks for its sequences over 24 hours too. */
  windowMs: 24 * 60 * 60_000,
  /** Actors of whom something is remembered, and what that may hold, in bytes; those not seen for longest go first. */
  actors: 20_000,
  bytes: 16 * 1024 * 1024,
  /** What an actor costs beside its links and stages. */
  bytesPerActor: 600,
  /** What a finding costs that does not yet know of its story. */
  bytesPerFinding: 200,
  /** What ties sightings to one actor (keys, principals, instances, addresses), and findings that its story lists. */
  linksPerActor: 256,
  findingsPerActor: 256,
} as const;

/** When an actor's sightings are a story. */
export const story = {
  /** So many tactics where something tells that the credentials are in other hands; so many of grave findings always. */
  tactics: 2,
  /** What is grave: administrators touch several tactics with low findings on any ordinary day. */
  severity: 4,
  /** So many where nothing tells it. */
  tacticsAlone: 3,
} as const;
