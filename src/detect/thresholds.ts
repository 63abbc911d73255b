/** How many are many. AWS publishes no thresholds, so ours stand here together, each with its reason. */
export const thresholds = {
  /**
   * Password guessing over a remote shell: short connections of one address to one interface. A guess ends after key
   * exchange and refusal; a session that runs something carries more, so deploy tools with many sessions stay below.
   */
  guesses: { count: 20, windowMs: 10 * 60_000, bytesMax: 5_000 },
} as const;
