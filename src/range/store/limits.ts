/** Bytes of UTF-8 in a key. LMDB takes 1,978 with its pages of 8 KiB; a snapshot must fit wherever it is loaded. */
export const keyBytesMax = 1_900;
/** Keys in one block of a sorted map: an insertion moves at most so many. */
export const blockKeysMax = 512;
