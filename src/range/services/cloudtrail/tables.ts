import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope, Scope } from '../../operation.ts';
import { table } from '../../table.ts';

export interface EventSelector {
  readonly ReadWriteType?: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents?: boolean;
  readonly DataResources?: readonly { readonly Type?: string; readonly Values?: readonly string[] }[];
  readonly ExcludeManagementEventSources?: readonly string[];
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly prefix?: string;
  readonly snsTopic?: string;
  readonly global: boolean;
  readonly multiRegion: boolean;
  readonly validated: boolean;
  readonly kmsKeyId?: string;
  readonly logGroupArn?: string;
  readonly logRoleArn?: string;
  readonly selectors?: readonly EventSelector[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly logging: boolean;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** Which start of logging the timers belong to: older ones do nothing. */
  readonly armed: number;
  /** By region: up to where its records were delivered. */
  readonly delivered: Readonly<Record<string, string>>;
  readonly lastDeliveryAt?: number;
  readonly lastDeliveryError?: string;
  readonly lastDigestAt?: number;
  readonly lastDigestError?: string;
}

/** By `<home region>/<name>`: a trail of all regions must be found from each. */
const trails = table<Trail>('cloudtrail', 'trail', 'global');

/** Data events that some trail selected, until they are delivered: by time. */
export const dataRecords = table<JsonObject>('cloudtrail', 'data-record');

export function homeRegion(trail: Trail): string {
  return trail.arn.split(':')[3] ?? '';
}

export function putTrail(scope: Scope, trail: Trail): void {
  trails.put(scope, `${homeRegion(trail)}/${trail.name}`, trail);
}

export function removeTrail(scope: Scope, trail: Trail): void {
  trails.remove(scope, `${homeRegion(trail)}/${trail.name}`);
}

/** All of the account, wherever they were made. */
export function* allTrails(scope: ReadScope): Iterable<Trail> {
  for (const [, trail] of trails.list(scope)) yield trail;
}

/** Those that see what happens in this region. */
export function* trailsIn(scope: ReadScope): Iterable<Trail> {
  for (const trail of allTrails(scope)) if (trail.multiRegion || homeRegion(trail) === scope.region) yield trail;
}

/** A trail is named by its name (in the call's region) or its ARN. */
export function trailOf(scope: ReadScope, text: string): Trail {
  const trail = findTrail(scope, text);
  if (trail !== undefined) return trail;
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${text} for the user: ${scope.account}`, {
    status: 400,
  });
}

export function findTrail(scope: ReadScope, text: string): Trail | undefined {
  for (const trail of trailsIn(scope)) if (trail.name === text || trail.arn === text) return trail;
  return undefined;
}
