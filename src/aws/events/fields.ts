import { absent, type Leaf, leavesAt, listed, type Scalar, scalarAt } from './leaves.ts';

/** One event, asked by the number of a path: what a rule set knows of it, each value read once. */
export interface Fields {
  /** The number of the constant that stands at the path, or one of the negative ones below. */
  constantAt(path: number): number;
  scalarAt(path: number): Scalar | typeof absent | typeof listed;
  /** Where a list is on the way. */
  leavesAt(path: number): readonly Leaf[];
}

/** No constant of any rule; nothing; a list on the way. */
export const [noConstant, constantAbsent, constantListed] = [-1, -2, -3];

/** A path that rules name, and the values that they compare it with. */
export interface Asked {
  readonly path: readonly string[];
  readonly constants: ReadonlyMap<Scalar, number>;
}

/** Over parsed JSON. */
export class ParsedFields implements Fields {
  readonly #asked: readonly Asked[];
  readonly #known: (Scalar | typeof absent | typeof listed | undefined)[];
  #event: unknown = undefined;

  constructor(asked: readonly Asked[]) {
    this.#asked = asked;
    this.#known = asked.map(() => undefined);
  }

  over(event: unknown): this {
    this.#event = event;
    this.#known.fill(undefined);
    return this;
  }

  constantAt(path: number): number {
    const value = this.scalarAt(path);
    if (value === absent) return constantAbsent;
    return value === listed ? constantListed : (this.#asked[path]!.constants.get(value) ?? noConstant);
  }

  scalarAt(path: number): Scalar | typeof absent | typeof listed {
    const known = this.#known[path];
    if (known !== undefined) return known;
    const value = scalarAt(this.#event, this.#asked[path]!.path);
    this.#known[path] = value;
    return value;
  }

  leavesAt(path: number): readonly Leaf[] {
    return leavesAt(this.#event, this.#asked[path]!.path);
  }
}
