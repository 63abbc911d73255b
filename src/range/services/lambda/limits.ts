/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const syncPayloadBytesMax = 6_291_456;
/** By vintage: raised from 256 KB to 1 MB in October 2025. */
export const eventPayloadBytesMax = { '2019': 262_144, now: 1_048_576 } as const;
export const memoryMbMax = { '2019': 3_008, now: 10_240 } as const;
export const timeoutSMax = 900;
export const environmentBytesMax = 4_096;
export const nameLengthMax = 64;
export const zipBytesMax = 52_428_800;
export const unzippedBytesMax = 262_144_000;
export const codeStorageBytesMax = 80_530_636_800;
export const concurrencyMax = 1_000;

export const defaultMemoryMb = 128;
export const defaultTimeoutS = 3;

/** What `LogType: Tail` shows. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const tailBytes = 4_096;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const eventRetryDelaysMs: readonly number[] = [60_000, 120_000];

/** Credentials that end sooner than this after the function's time limit are not used for another run. */
export const sessionReserveMs = 60_000;

/** Real milliseconds in which an event's run must do something: the longest limit, and what a start takes. */
export const runStallMs = (timeoutSMax + 60) * 1_000;

export const listPageMax = 50;
