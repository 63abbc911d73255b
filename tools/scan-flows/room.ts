// Where things lie in the first 64 KB, which are the module's own: what the compiler makes lies at their beginning.

/** 1,024 places of blanks, and twelve that are written too far. */
@inline export const blanksRoom: usize = 0x4000;
/** 2,048 counts of times. */
@inline export const countsRoom: usize = 0x5100;
/** Two bytes for each of up to 4,096 columns. */
@inline export const columnsRoom: usize = 0x7100;
/** Sixteen values of a line. */
@inline export const valuesRoom: usize = 0x9100;
/** Sixteen bytes for each of 256 forms of an address. */
@inline export const formsRoom: usize = 0x9200;
/** Two bits for each network of 16 bits. */
@inline export const networksRoom: usize = 0xb000;
