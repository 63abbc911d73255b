/** What could not be evaluated, in words that name it. */
export interface Unknown {
  readonly unknown: string;
}

/** Whether something holds, in three values: what cannot be evaluated is neither true nor false. */
export type Holds = boolean | Unknown;

export function unknown(why: string): Unknown {
  return { unknown: why };
}

export function not(holds: Holds): Holds {
  return typeof holds === 'boolean' ? !holds : holds;
}

/** False wins, then unknown. */
export function every<T>(items: readonly T[], holds: (item: T) => Holds): Holds {
  let all: Holds = true;
  for (const item of items) {
    const each = holds(item);
    if (each === false) return false;
    if (each !== true) all = each;
  }
  return all;
}

/** True wins, then unknown. */
export function some<T>(items: readonly T[], holds: (item: T) => Holds): Holds {
  let any: Holds = false;
  for (const item of items) {
    const each = holds(item);
    if (each === true) return true;
    if (each !== false) any = each;
  }
  return any;
}
