/** Virtual milliseconds between attempts; after the last one the row is a dead letter. */
export const retryDelaysMs: readonly number[] = [1_000, 10_000, 60_000, 300_000, 900_000];
/** Real milliseconds in which a consumer must do something (commit, sleep, wait), unless it states its own. */
export const stallMs = 60_000;
