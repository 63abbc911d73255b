/** What one drill file may hold, so that a wrong file fails at once instead of running for hours. */
export const drillBytesMax = 262_144;
export const stepsMax = 200;
/** The longest drill, in virtual milliseconds. */
export const lengthMsMax = 7 * 24 * 3_600_000;
/** How long a drill watches after its attack for what nobody expects, unless it says `watch`. */
export const watchMs = 6 * 60_000;
/** For how long a finding or a mail is waited, and then for its run to end, unless the expectation says `within`. */
export const withinMs = 15 * 60_000;
/** How long a stack may take, in virtual milliseconds. */
export const stackMsMax = 30 * 60_000;
/** Pairs of addresses whose last packet a drill remembers. */
export const flowsMax = 20_000;
