import { Luck } from '../luck.ts';
import { Timeline } from '../timeline.ts';
import { beginJobs } from './jobs.ts';
import { beginReaders } from './readers.ts';
import { Store } from './store.ts';

/**
 * Server access logs of a company's buckets, in the order of time: its applications and those to whom they give links,
 * data jobs, what S3 and other services do, a public site, and strangers.
 */
export function* objects(seed: number): Generator<string, void, void> {
  const timeline = new Timeline(Date.UTC(2026, 0, 5));
  const store = new Store(new Luck(seed).fork('objects'), timeline);
  beginReaders(store);
  beginJobs(store);
  while (timeline.turn()) yield* store.take();
}
