export const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Six bits a character, the lowest first: how crypt writes its hashes. */
export function four(bits: number, characters: number): string {
  let text = '';
  for (let i = 0, rest = bits; i < characters; i++, rest >>= 6) text += alphabet[rest & 63];
  return text;
}
