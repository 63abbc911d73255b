/** While the disk has less than this nothing is written: who holds the store ends, and loses nothing of what was answered. */
export const freeBytesMin = 64 * 1024 * 1024;
/** One page size for the whole file, fixed when it is made: 8 KiB fits records of a kilobyte best. */
export const pageBytes = 8_192;
/** A journal this long goes into the database, and the next one begins: what a start has to read again, and
 * what is written between two looks at the free space. */
export const journalBytesMax = 1024 * 1024;
/** Where the buffer of a group begins; it grows to the largest one. */
export const frameBytesFirst = 65_536;
