// Where things lie in the first 64 KB, which are the module's own: what the compiler makes lies at their beginning.

/** 1,024 places of blanks. */
@inline export const blanksRoom: usize = 0x4000;
/** 2,048 counts of times. */
@inline export const countsRoom: usize = 0x5000;
/** Two bytes for each of up to 4,096 columns. */
@inline export const columnsRoom: usize = 0x7000;
/** Sixteen values of a line. */
@inline export const valuesRoom: usize = 0x9000;
