const minuteMs = 60_000;

/** How many are many. AWS publishes no thresholds, so ours stand here together, each with its reason. */
export const thresholds = {
  /**
   * Password guessing over a remote shell: short connections of one address to one interface. A guess ends after key
   * exchange and refusal, within `flowBounds.loginBytes`; a session that runs something carries more, so deploy tools
   * with many sessions stay below.
   */
  guesses: { count: 20, windowMs: 10 * minuteMs },
  /** People mistype a password two or three times, then they reset it. */
  consoleGuesses: { count: 6, windowMs: 10 * minuteMs },
  /** Users of an application are strangers, and mistype too: many sit behind one gateway. */
  poolGuesses: { count: 20, windowMs: 10 * minuteMs },
  /** Nobody crosses a border with two sign-ins in two hours; a VPN does. */
  distantLogins: { count: 2, windowMs: 120 * minuteMs },
  /** A program reads its own few secrets when it starts; a thief reads all. */
  secrets: { count: 10, windowMs: 10 * minuteMs },
  /** Parameters are smaller and more numerous: an application's whole tree is read at its start. */
  parameters: { count: 30, windowMs: 10 * minuteMs },
  passwords: { count: 5, windowMs: 10 * minuteMs },
  userData: { count: 5, windowMs: 10 * minuteMs },
  /** An administrator works on one instance or two. */
  commanded: { count: 3, windowMs: 10 * minuteMs },
  /**
   * A program with a missing permission repeats one call, a scanner lacks a few among hundreds; who tries out credentials
   * meets many refusals.
   */
  refusals: { count: 15, windowMs: 10 * minuteMs },
  /** A program asks about its own few things when it starts; an inventory asks more, and is known to its owners. */
  questions: { count: 6, windowMs: 10 * minuteMs },
  /** Whoever sends mail knows the quota; who found credentials asks for all of it, often in every region. */
  mailQuestions: { count: 3, windowMs: 10 * minuteMs },
  /** A faulty policy is mended after two or three tries. */
  principals: { count: 5, windowMs: 10 * minuteMs },
  roles: { count: 8, windowMs: 10 * minuteMs },
  /** A developer tries one model, or two. */
  models: { count: 4, windowMs: 10 * minuteMs },
  /** A person asks about one principal or two; a program tries out action after action. */
  simulations: { count: 10, windowMs: 10 * minuteMs },
  launches: { count: 3, windowMs: 10 * minuteMs },
  /** More regions than a company works in, faster than by hand. */
  regions: { count: 10, windowMs: 5 * minuteMs },
  /** Pages that are not there, asked for by one client: people follow a few broken links. */
  webScan: { count: 50, windowMs: 5 * minuteMs },
  webGuesses: { count: 30, windowMs: 5 * minuteMs },
  /** More than a browser with many tabs, or a program that keeps to any limit. */
  webFlood: { count: 6_000, windowMs: minuteMs },
  keysTried: { count: 50, windowMs: 10 * minuteMs },
  /** Bytes to one address within an hour, and how many times the most before. */
  volume: { bytes: 500_000_000, times: 10 },
  /** Invocations of models within an hour; a principal is known after a week. */
  invocations: { count: 300, times: 10, learnMs: 7 * 24 * 60 * minuteMs, windowMs: 30 * 24 * 60 * minuteMs },
  /** Objects of one bucket: who empties a bucket by hand does it in one go. */
  deletions: { count: 100, windowMs: 10 * minuteMs },
  /** Somebody who tidies up by hand takes away a few things of one kind. */
  destroyed: { count: 15, windowMs: 10 * minuteMs },
  stopped: { count: 15, windowMs: 10 * minuteMs },
  /** Users whose access ends at once: more leave a company on no day. */
  lockedOut: { count: 4, windowMs: 30 * minuteMs },
  reencryptions: { count: 20, windowMs: 10 * minuteMs },
  /** A principal without history is told of only when it does so many different things of one kind. */
  burst: { count: 5, readingCount: 25, windowMs: 60 * minuteMs },
  /** Packets that one interface sends to one address within a minute's record: more than any use that is not a flood. */
  flood: { packets: 1_000_000, windowMs: 5 * minuteMs },
  ports: { count: 40, windowMs: 5 * minuteMs },
  hosts: { count: 40, windowMs: 5 * minuteMs },
  /** Tools on the internet try for hours at a few per minute; people give up after three. */
  hostGuesses: { count: 10, windowMs: 60 * minuteMs },
  sudo: { count: 3, windowMs: 60 * minuteMs },
  /** The weight is more than failures that one key remembers, so that they alone never suffice. */
  entered: { failures: 6, weight: 10_000, windowMs: 60 * minuteMs },
  /** An instance is known after a week. */
  learning: { learnMs: 7 * 24 * 60 * minuteMs, windowMs: 30 * 24 * 60 * minuteMs },
} as const;
