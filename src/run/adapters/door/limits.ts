/** What one question may hold. */
export const bodyBytesMax = 1 << 20;
/** How long a client waits for an answer; moving the clock by hours takes seconds. */
export const answerMsMax = 120_000;
/** Two sides of different majors do not understand each other. */
export const doorMajor = 1;
