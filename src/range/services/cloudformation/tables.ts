import type { ParameterValue } from '../../../aws/cloudformation/parameters.ts';
import type { RemovalPolicy } from '../../../aws/cloudformation/template.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Caller } from '../../caller.ts';
import type { ReadScope, Scope } from '../../operation.ts';
import { table } from '../../table.ts';

/** What a stack is made from: all that an update changes and a rollback brings back. */
export interface Recipe {
  readonly template: string;
  readonly description?: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface Stack extends Recipe {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  readonly roleArn?: string;
  readonly disableRollback: boolean;
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  readonly terminationProtection: boolean;
  readonly outputs: readonly StackOutput[];
  /** For whom the work is done. */
  readonly caller: Caller;
  /** Where the client reached the range: response URLs lead there. */
  readonly endpoint: string;
  readonly clientRequestToken?: string;
  /** Counts the steps of its jobs, so that a step that comes twice or too late is known. */
  readonly serial: number;
  readonly job?: Job;
}

export type Verb = 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'UPDATE_ROLLBACK';

/** What is being done to a stack: the phase, and what is still to do in it. */
export interface Job {
  /** What the stack's status is called meanwhile and in the end. */
  readonly verb: Verb;
  /** Makes and changes resources, takes changes back, deletes what is left over, deletes all. */
  readonly phase: 'forward' | 'undo' | 'cleanup' | 'remove';
  /** Logical ids, in order. */
  readonly queue: readonly string[];
  /** The queue's head was begun. */
  readonly begun?: Begun;
  /** Physical resources that no longer belong to the stack. The queue of `cleanup` is theirs. */
  readonly trash: readonly Resource[];
  /** Logical ids that this job has touched, in order. */
  readonly touched: readonly string[];
  /** Of an update: what to go back to. */
  readonly before?: Recipe;
  /** Resources that failed, and those whose deletion did. */
  readonly failed: readonly string[];
  readonly retain: readonly string[];
}

export interface Begun {
  readonly mode: 'create' | 'update' | 'replace' | 'remove';
  readonly since: number;
  /** Names the operation towards the services: the same at every attempt. */
  readonly token: string;
  /** It is made, and waits to be ready. */
  readonly waiting?: Made;
  /** Its removal was asked for, and is not through. */
  readonly again?: boolean;
}

/** What a physical resource is known by. */
export interface Made {
  readonly physicalId: string;
  /** What `Ref` gives, where it is not the physical id. */
  readonly ref?: string;
  readonly attributes: JsonObject;
  /** It is not ready: look again (`settle`) after this many virtual milliseconds. */
  readonly waitMs?: number;
  /** The physical id is made up until the provider says its own. */
  readonly unnamed?: boolean;
  /** Its attributes are secret: shown as asterisks. */
  readonly noEcho?: boolean;
}

export interface Resource {
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly updatedAt: number;
  /** The random end of a generated name. */
  readonly suffix: string;
  readonly properties: JsonObject;
  /** As events show them, where they hold what is not to be echoed. */
  readonly shown?: JsonObject;
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
  /** Logical ids that must outlive it. */
  readonly needs: readonly string[];
  readonly made?: Made;
  /** Of the update that runs: how it was, and whether this is another physical resource. */
  readonly previous?: Resource;
  readonly replaced?: boolean;
}

export interface StackEvent {
  readonly id: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly reason?: string;
  readonly properties?: JsonObject;
  readonly clientRequestToken?: string;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly status: string;
  readonly statusReason?: string;
  readonly executionStatus: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly recipe: Recipe;
  readonly roleArn?: string;
  readonly onFailure?: Stack['onFailure'];
  readonly changes: readonly JsonObject[];
}

/** By stack id. */
export const stacks = table<Stack>('cloudformation', 'stack');
/** The stacks that are not deleted, by name. */
export const stackIds = table<string>('cloudformation', 'stack-id');
export const resources = table<Resource>('cloudformation', 'resource');
export const events = table<StackEvent>('cloudformation', 'event');
export const eventCounts = table<number>('cloudformation', 'event-count');
/** By change set id. */
export const changeSets = table<ChangeSet>('cloudformation', 'change-set');
/** By export name. */
export const exported = table<{ readonly value: string; readonly stackId: string }>('cloudformation', 'export');
/** `<export>|<stack id>`, of the stacks that import. */
export const imports = table<string>('cloudformation', 'import');

export function stackNamed(scope: ReadScope, nameOrId: string): Stack | undefined {
  const id = nameOrId.startsWith('arn:') ? nameOrId : stackIds.get(scope, nameOrId);
  return id === undefined ? undefined : stacks.get(scope, id);
}

export function resourcesOf(scope: ReadScope, stackId: string): readonly Resource[] {
  return [...resources.list(scope, { prefix: `${stackId}|` })].map(([, row]) => row);
}

export function putResource(scope: Scope, resource: Resource): void {
  resources.put(scope, `${resource.stackId}|${resource.logicalId}`, resource);
}
