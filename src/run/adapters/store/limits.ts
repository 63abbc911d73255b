/** Calls are refused while the disk has less than this: a full disk ends the range, a refused call does not. */
export const freeBytesMin = 64 * 1024 * 1024;
/** Groups of commits between two looks at the free space. */
export const groupsPerLook = 16;
/** One page size for the whole file, fixed when it is made: 8 KiB fits records of a kilobyte best. */
export const pageBytes = 8_192;
