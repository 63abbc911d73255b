import type { Path } from '../model/activity.ts';
import type { Words } from '../model/words.ts';
import { type About, type Detector, idOf, type Seen, type When } from './detector.ts';
import { limits } from './limits.ts';

/**
 * What is odd is answered unlike what is ordinary: told of by how long answers are, which is what logs say of them. An
 * answer as long as one that others got is the same. Where nobody can compare, it is told of quietly.
 */
export interface UnlikeDetection<P extends Path> extends About<P> {
  readonly when: When<P>;
  readonly isOdd: (seen: Seen<P>) => boolean;
  readonly key: (seen: Seen<P>) => string;
  readonly page: (seen: Seen<P>) => string;
  /** Whose answers count for pages of which nothing is known. */
  readonly fallback: string;
  /** Undefined where the log does not say it. */
  readonly size: (seen: Seen<P>) => number | undefined;
  /** What the page is asked with. */
  readonly parameters: (seen: Seen<P>) => readonly string[];
  readonly severity: number;
  readonly says: (seen: Seen<P>) => Words;
}

/** Replaced, never changed: a replayed step sees what it saw. Of today and of the day before. */
interface Known {
  readonly since: number;
  readonly pages: Pages;
  readonly before: Pages;
}
type Pages = ReadonlyMap<string, Answers>;
interface Answers {
  readonly sizes: readonly number[];
  readonly parameters: readonly string[];
}

export function onUnlike<const P extends Path>(detection: UnlikeDetection<P>): Detector {
  const { when, isOdd, key, page, size, parameters, fallback, severity, says } = detection;
  return {
    id: idOf(detection),
    about: detection,
    keyed: false,
    learns: true,
    windowMs: 2 * dayMs,
    concerns: (activity, world) => (when(activity, world) ? key(activity) : undefined),
    step(state, activity) {
      // Only this function makes the state that the engine hands back.
      const known = ofToday(state as Known | undefined, activity.time);
      const name = page(activity);
      const bytes = size(activity);
      if (!isOdd(activity)) return { state: learned(known, name, bytes, parameters(activity), name === fallback) };
      const usual = [...answersOf(known, name), ...answersOf(known, fallback)];
      const isAlike = bytes !== undefined && usual.some(({ sizes }) => sizes.includes(bytes));
      if (isAlike) return { state: known };
      const own = answersOf(known, name);
      const isRead = own.some((each) => parameters(activity).some((one) => each.parameters.includes(one)));
      // A page that is another one each time tells nothing, unless others ask it with the same parameter.
      const varies = own.some(({ sizes }) => sizes.length >= limits.answersPerPage);
      const isKnown = own.length > 0 ? isRead || !varies : usual.length > 0 && knowsAllPages(known);
      const canTell = bytes !== undefined && isKnown;
      return {
        state: known,
        says: {
          description: says(activity),
          evidence: [activity.keep()],
          severity: canTell ? severity : 2,
          ...(canTell ? {} : { additional: { noBaseline: true } }),
        },
      };
    },
  };
}

function ofToday(state: Known | undefined, time: number): Known {
  if (state === undefined) return { since: time, pages: new Map(), before: new Map() };
  return time - state.since < dayMs ? state : { since: time, pages: new Map(), before: state.pages };
}

function answersOf({ pages, before }: Known, name: string): readonly Answers[] {
  return [pages.get(name) ?? [], before.get(name) ?? []].flat();
}

/** Of how many pages it is known how they are answered: those that are asked with nothing leave room for the others. */
function roomFor(parameters: readonly string[]): number {
  return parameters.length > 0 ? limits.pagesPerDoor : limits.pagesPerDoor / 2;
}

/** A page that is not among them was never asked for. */
function knowsAllPages({ pages, before }: Known): boolean {
  return Math.max(pages.size, before.size) < roomFor([]);
}

function learned(
  known: Known,
  name: string,
  bytes: number | undefined,
  parameters: readonly string[],
  isFallback: boolean,
): Known {
  const { since, pages, before } = known;
  const answers = pages.get(name);
  if (bytes === undefined || (answers === undefined && pages.size >= roomFor(parameters) && !isFallback)) return known;
  const { sizes, parameters: names } = answers ?? { sizes: [], parameters: [] };
  const isNew = !sizes.includes(bytes) && sizes.length < limits.answersPerPage;
  const fresh = parameters.filter((one) => !names.includes(one)).slice(0, limits.parametersPerPage - names.length);
  if (!isNew && fresh.length === 0) return known;
  const next = { sizes: isNew ? [...sizes, bytes] : sizes, parameters: [...names, ...fresh] };
  return { since, pages: new Map(pages).set(name, next), before };
}

const dayMs = 86_400_000;
