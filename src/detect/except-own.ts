import type { Path } from '../model/activity.ts';
import { byPipeline } from './callers.ts';
import type { Detector, Seen } from './detector.ts';
import { call } from './examples.ts';
import type { NamedCall } from './on-call.ts';

export interface Making<P extends Path> {
  /** `ec2:CreateFlowLogs`: the call that makes what the detector sees taken away. */
  readonly call: string;
  readonly reads: readonly P[];
  /** What names the thing, when it is made and when it is taken away. */
  readonly made: (seen: Seen<P>) => string | undefined;
  readonly removed: (seen: Seen<P>) => string | undefined;
  /** How grave it is when somebody takes away by hand what is their own; default as ever. */
  readonly severityOfOwn?: number;
  /** The making and the removal of one thing. */
  readonly example: readonly [NamedCall, NamedCall & { readonly name: string }];
}

/**
 * A pipeline may take down what it made: environments for a change under review come and go all day. What somebody else
 * made, or what was there before the log begins, counts as ever; so does everything that is done by hand.
 */
export function exceptOwn<const P extends Path>(detector: Detector, making: Making<P>): Detector {
  const { about } = detector;
  const [service, operation] = making.call.split(':');
  const isMaking = (seen: Seen<P>) => seen.name === operation && seen.source === `${service}.amazonaws.com`;
  const [make, { name, ...removal }] = making.example;
  const made = call(making.call, { ...make, by: 'pipeline:Preview' });
  const removed = call(name, { ...removal, at: 600, by: 'pipeline:Preview' });
  return {
    ...detector,
    about: {
      ...about,
      on: { ...about.on, calls: [...(about.on.calls ?? []), making.call] },
      reads: [...about.reads, ...making.reads],
      examples: {
        fires: {
          ...about.examples.fires,
          'a pipeline, of what another one made': [made, call(name, { ...removal, at: 600, by: 'pipeline:Deploy' })],
          'somebody by hand, of what is their own': [
            call(making.call, { ...make, by: 'alice' }),
            call(name, { ...removal, at: 600, by: 'alice' }),
          ],
        },
        stays: { ...about.examples.stays, 'a pipeline, of what it made itself': [made, removed] },
      },
    },
    windowMs,
    concerns(activity, world) {
      if (!isMaking(activity)) {
        return detector.concerns(activity, world) === undefined ? undefined : (making.removed(activity) ?? '');
      }
      return activity.error === '' ? making.made(activity) : undefined;
    },
    step(state, activity, world) {
      if (isMaking(activity)) return { state: activity.principal };
      const isOwn = state === activity.principal;
      if (isOwn && byPipeline(activity)) return { state };
      const { says } = detector.step(undefined, activity, world);
      if (says === undefined) return { state };
      const severity = isOwn ? making.severityOfOwn : undefined;
      return { state, says: severity === undefined ? says : { ...says, severity } };
    },
  };
}

/** Environments live for days or weeks. */
const windowMs = 30 * 86_400_000;
