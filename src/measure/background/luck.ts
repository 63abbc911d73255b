/** Seeded luck: the same seed gives the same numbers on every machine. */
export class Luck {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;
  readonly #seed: string;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    [this.#a, this.#b, this.#c] = [hash(`a${seed}`), hash(`b${seed}`), hash(`c${seed}`)];
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Luck of its own for a part of the world: the same for the same name, however much was drawn before. */
  fork(name: string | number): Luck {
    return new Luck(`${this.#seed}/${name}`);
  }

  /** sfc32: 0 included, 1 not. */
  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** So many different ones, in their order. */
  some<T>(list: readonly T[], count: number): readonly T[] {
    let wanted = Math.min(count, list.length);
    return list.filter((_, index) => {
      const taken = this.next() < wanted / (list.length - index);
      if (taken) wanted--;
      return taken;
    });
  }

  /** Waiting times of what happens independently: exponential around a mean. */
  about(mean: number): number {
    return Math.round(-Math.log(1 - this.next()) * mean);
  }

  hex(length: number): string {
    return this.#text(length, '0123456789abcdef');
  }

  /** As in the ids of keys, users and roles. */
  capitals(length: number): string {
    return this.#text(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }

  #text(length: number, alphabet: string): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[Math.floor(this.next() * alphabet.length)];
    return text;
  }
}

/** FNV-1a with a last stir. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 13);
}
