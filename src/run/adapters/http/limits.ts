/** S3 allows 8 KB of headers and query; session tokens are long. */
export const headerBytesMax = 64 * 1024;
/** A request must have arrived whole by then; long polls are answered, not received, slowly. */
export const requestMsMax = 300_000;
