import type { GuardDutyForm } from '../../../aws/findings/guardduty.ts';
import type { Criteria } from '../../../findings/criteria.ts';
import type { Finding } from '../../../model/finding.ts';
import type { ReadScope } from '../../operation.ts';
import type { Reader } from '../../store/port.ts';
import { table } from '../../table.ts';
import { notOwned } from './errors.ts';

export const frequencies = {
  FIFTEEN_MINUTES: 15 * 60_000,
  ONE_HOUR: 60 * 60_000,
  SIX_HOURS: 6 * 60 * 60_000,
} as const;
export type Frequency = keyof typeof frequencies;

export type Status = 'ENABLED' | 'DISABLED';
export type Tags = Readonly<Record<string, string>>;

export interface Detector {
  readonly id: string;
  readonly enabled: boolean;
  readonly frequency: Frequency;
  readonly features: Readonly<Record<string, { readonly status: Status; readonly updatedAt: number }>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Tags;
}

/** A region has one at most. */
export const detectors = table<Detector>('guardduty', 'detector');

/** Where an account has detectors, by region: what they are fed is decided by one look. */
export interface Place {
  readonly detector: string;
  /** Nothing before is looked at; absent while GuardDuty is suspended. */
  readonly since?: number;
  readonly s3Data: boolean;
}
export const places = table<Place>('guardduty', 'place', 'global');

/** A trusted list (IPSet) or a threat list (ThreatIntelSet). */
export interface List {
  readonly id: string;
  readonly kind: 'trusted' | 'threat';
  readonly name: string;
  readonly format: string;
  readonly location: string;
  readonly expectedBucketOwner?: string;
  readonly active: boolean;
  /** What matched when; the last one may still be waiting for its time. */
  readonly versions: readonly ListVersion[];
  readonly tags: Tags;
}

export interface ListVersion {
  readonly from: number;
  readonly until?: number;
  /** Id of its content. */
  readonly content: string;
}

export const lists = table<List>('guardduty', 'list');
/** Addresses and ranges of one version of a list. */
export const listContents = table<readonly string[]>('guardduty', 'list-content');

export interface Filter {
  readonly name: string;
  readonly description?: string;
  readonly action: 'NOOP' | 'ARCHIVE';
  readonly rank: number;
  readonly criteria: Criteria;
  readonly tags: Tags;
}
export const filters = table<Filter>('guardduty', 'filter');

export const findings = table<Finding>('guardduty', 'finding');
/** How often an identity was archived by hand. */
export const episodes = table<{ readonly episode: number }>('guardduty', 'episode');
export const feedbacks = table<{ readonly feedback: string; readonly comments?: string }>('guardduty', 'feedback');
/** When a finding was told to the bus, and when it will be. */
export const publications = table<{ readonly last?: number; readonly due?: number }>('guardduty', 'publication');

export function detectorOf(scope: ReadScope, id: string): Detector {
  const detector = detectors.get(scope, id);
  if (detector === undefined) throw notOwned();
  return detector;
}

/** The region's detector, under which its findings stand. */
export function detectorHere(scope: ReadScope): Detector | undefined {
  for (const [, detector] of detectors.list(scope, { limit: 1 })) return detector;
  return undefined;
}

export function formOn(tx: Reader): GuardDutyForm {
  return { detectorId: (account, region) => detectorHere({ tx, account, region })?.id ?? '' };
}
