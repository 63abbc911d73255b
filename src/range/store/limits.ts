/** Bytes of UTF-8 in a key. LMDB takes 1,978 with its pages of 8 KiB; a snapshot must fit wherever it is loaded. */
export const keyBytesMax = 1_900;
/** Keys in one block of a sorted map: an insertion moves at most so many. */
export const blockKeysMax = 512;
/** Rows of the state that are kept parsed, and the length of their texts together. */
export const keptRowsMax = 8_192;
export const keptCharactersMax = 8_388_608;
/** Longer rows, such as bodies of objects, are read anew each time. */
export const keptRowCharactersMax = 16_384;
/** Lists that are kept whole, and how long they may be. */
export const keptListsMax = 4_096;
export const keptListRowsMax = 32;
/** Rows of a map that are looked through before it is put in order. */
export const scannedRowsMax = 8;
