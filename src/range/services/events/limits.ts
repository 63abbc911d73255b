/** Rules of buses kept ready for events; a set of 300 is some hundred kilobytes. */
export const ruleSetsMax = 64;
