import type { Asked } from '../requests.ts';

/** What infrastructure code makes, reads, changes and removes, call by call. */
export interface Kind {
  readonly creates: Step;
  readonly reads: readonly string[];
  readonly updates: Step;
  readonly deletes: Step;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** The calls for one resource, with what each asks and answers; `id` is 17 hex digits of its own. */
export type Step = (id: string, account: string) => readonly Asked[];

/** The part of an id that a name carries. */
export const short = (id: string): string => id.slice(0, 8);
