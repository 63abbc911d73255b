/** A function's limit is real time, and never less than this: a busy machine is no reason to time out. */
export const wallMsMin = 10_000;
/** Real milliseconds until a new process says that it is ready. */
export const startMsMax = 20_000;
/** Lambda's own bound of an answer, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const answerBytesMax = 6 * 1024 * 1024;
/** What the runtime takes besides the function's memory. */
export const runtimeMb = 96;
/** Real milliseconds between two looks at a process's memory. */
export const memoryLookMs = 100;
/** Lambda's bound of the unpacked code (same page). */
export const codeBytesMax = 250 * 1024 * 1024;
export const codeFilesMax = 20_000;
/** Lines of one run that are kept; what is above is said in one line. */
export const logLinesMax = 10_000;
