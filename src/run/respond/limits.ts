/** A file of findings is read whole. */
export const findingsBytesMax = 256 << 20;
export const credentialsBytesMax = 1 << 16;

/** A client in somebody's hands tries so often. */
export const attemptsMax = 3;
