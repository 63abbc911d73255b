/** Real milliseconds of events in a row before sockets and timers get a turn. */
export const turnMs = 10;
/** The longest wait of one wall timer; a longer one is set again. */
export const timerMsMax = 3_600_000;
