// Where the values of a line are, in words of eight bytes behind `valuesRoom`.

@inline export const time: usize = 0;
@inline export const account: usize = 8;
@inline export const interfaceId: usize = 16;
@inline export const srcaddr: usize = 24;
@inline export const dstaddr: usize = 32;
@inline export const srcport: usize = 40;
@inline export const dstport: usize = 48;
@inline export const protocol: usize = 56;
@inline export const packets: usize = 64;
@inline export const bytes: usize = 72;
@inline export const end: usize = 80;
@inline export const action: usize = 88;
@inline export const direction: usize = 96;
@inline export const status: usize = 104;
