import type { ReadScope, Scope } from '../../operation.ts';
import { found, kind, type Row, refuse } from './resource.ts';

export const instanceStates = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;
export type InstanceState = keyof typeof instanceStates;

export interface MetadataOptions {
  readonly tokens: 'required' | 'optional';
  readonly hopLimit: number;
  readonly enabled: boolean;
  readonly tags: boolean;
}

export interface InstanceRow extends Row {
  readonly image: string;
  readonly vintage: '2019' | 'now';
  readonly type: string;
  readonly state: InstanceState;
  /** How often it changed its state: a transition that was overtaken does nothing. */
  readonly moves: number;
  readonly stateReason?: string;
  readonly keyName?: string;
  readonly subnet: string;
  readonly vpc: string;
  readonly zone: string;
  readonly interface: string;
  /** As RunInstances got it: base64. */
  readonly userData?: string;
  readonly profile?: { readonly arn: string; readonly id: string; readonly association: string };
  readonly metadata: MetadataOptions;
  readonly reservation: string;
  readonly launchedAt: number;
  /** How often it was powered on: its first boot runs user data, and each one has credentials of its own. */
  readonly boots: number;
  /** Gets a new public address at each start, which a stop takes away. */
  readonly publicOnLaunch: boolean;
  readonly monitoring: boolean;
  readonly terminationProtected: boolean;
}

export const instances = kind<InstanceRow>({
  prefix: 'i',
  type: 'instance',
  notFound: 'InvalidInstanceID.NotFound',
  malformed: 'InvalidInstanceID.Malformed',
  words: 'The instance ID',
});

export function instanceOf(scope: ReadScope, id: string): InstanceRow {
  if (!/^i-[0-9a-f]+$/.test(id)) throw refuse('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  return found(instances, scope, id);
}

export function putInstance(scope: Scope, instance: InstanceRow): InstanceRow {
  instances.rows.put(scope, instance.id, instance);
  return instance;
}

export function stateOf(state: InstanceState) {
  return { Code: instanceStates[state], Name: state };
}
