// Where things lie in the first 64 KB, which are the module's own: what the compiler makes lies at their beginning.

/** Entries of four bytes: 2,048, and at most 144 times 16 for longer codes. */
@inline export const lengthsTable: usize = 0x4000;
/** 256, and at most 15 times 128. */
@inline export const distancesTable: usize = 0x9000;
/** 128. */
@inline export const sizesTable: usize = 0xb400;
/** How long the code of each symbol is, a byte each: of the symbols of a block, and of the codes that tell these. */
@inline export const sizes: usize = 0xb800;
@inline export const sizesOfSizes: usize = 0xba00;
/** By length of a code: how many codes have it, and the next one. */
@inline export const counts: usize = 0xbb00;
@inline export const nextCodes: usize = 0xbb80;
/** By symbol: what is added to a length or a distance, and how many bits say how much more. */
@inline export const lengthBases: usize = 0xbc00;
@inline export const lengthBits: usize = 0xbc80;
@inline export const distanceBases: usize = 0xbd00;
@inline export const distanceBits: usize = 0xbd80;
/** The 300 vectors before those that are summed, and these: 1,020 of sixteen bytes, and what is left of less than one. */
@inline export const carried: usize = 0xc000;
