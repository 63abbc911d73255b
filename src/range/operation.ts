import type { AwsError } from '../aws/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Caller } from './caller.ts';
import type { Task } from './clock.ts';
import type { Functions } from './functions.ts';
import type { Blobs, Reader, Tx } from './store/port.ts';

/** Where state belongs: one account and region (`-` for a global service). A handler cannot name another. */
export interface ReadScope {
  readonly tx: Reader;
  readonly account: string;
  readonly region: string;
}

export interface Scope extends ReadScope {
  readonly tx: Tx;
}

/** The account's own seeded counter of ids (`ids.ts`). */
export interface AccountIds {
  hex(length: number): string;
  base32(length: number): string;
  uuid(): string;
  secret(length: number): string;
  /** 32 bytes to encipher with, the same at every start. */
  key(purpose: string): Buffer;
}

/** One call on its way through the chain. */
export interface Call extends Scope {
  /** The model's name of the service, such as `sns`. */
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** Virtual time at which the call was admitted, epoch milliseconds. */
  readonly time: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** The service through which the call came (`cloudformation.amazonaws.com`), for `aws:CalledVia` and `invokedBy`. */
  readonly via?: string;
  /** The scheme and authority that the client used, to build URLs that lead back here. */
  readonly endpoint: string;
  /** New ids, from the account's seeded counter. */
  readonly ids: AccountIds;
  /** Puts work for a consumer into the same commit as the state change; `at` is its due virtual time, default now. */
  later(topic: string, payload: unknown, at?: number): void;
  /** The same scope of state in another region (for what AWS keeps in several), never in another account. */
  inRegion(region: string): Scope;
}

/** What an operation needs before its one synchronous step: streams read, functions awaited. State cannot change here. */
export interface Preparation {
  readonly call: Omit<Call, 'later' | 'tx' | 'inRegion'> & ReadScope;
  readonly blobs: Blobs;
  /** Holds the clock for this call; what waits for virtual time parks it. */
  readonly task: Task;
  /** Makes a call as a principal, through the gateway like everybody's. */
  invoke: Invoke;
  /** Runs code of Lambda functions. */
  readonly functions: Functions;
}

/** An in-process call through the whole chain: authorised, validated, recorded. Throws AwsError as a client would see it. */
export type Invoke = (request: {
  readonly as: Caller;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly via?: string;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  /** Names the call, so that it happens once: a repetition by who crashed meanwhile gets the first answer (`answered`). */
  readonly once?: string;
}) => Promise<Record<string, unknown>>;

/** What a record's shape may look at: refused calls are recorded too, so there is no state here. */
export type TrailCall = Pick<Call, 'service' | 'operation' | 'account' | 'region' | 'caller' | 'endpoint' | 'time'>;

/** What of a request's sending a record may show. */
export interface SentCall {
  readonly requestId: string;
  readonly signature?: { readonly type: 'AuthHeader' | 'QueryString' } | undefined;
}

/** How CloudTrail shows the call where its general rules do not say it. Each cites the page or record it follows. */
export interface TrailShape {
  /** The page on which AWS prints a record of this operation; `test/services/records` compares ours with it. */
  readonly seen?: string;
  readonly category?: 'Management' | 'Data' | 'none';
  /** `CreateFunction20150331` and its like. */
  readonly name?: string;
  readonly source?: string;
  readonly readOnly?: boolean;
  /** The API's date, which only some services record. */
  readonly apiVersion?: string;
  request?(input: Readonly<Record<string, unknown>>, call: TrailCall): JsonObject | null;
  response?(output: Readonly<Record<string, unknown>>, call: Call): JsonObject | null;
  /** `additionalEventData`; without an output the call was refused. */
  additional?(
    input: Readonly<Record<string, unknown>>,
    output: Readonly<Record<string, unknown>> | undefined,
    sent: SentCall,
  ): JsonObject;
  resources?(
    input: Readonly<Record<string, unknown>>,
    call: Call,
  ): readonly { ARN: string; accountId?: string; type: string }[];
}

/**
 * What one operation does, and nothing else: the chain signs, authorises, validates, records and renders.
 * Inputs and outputs carry the model's member names; times are Date, blobs Uint8Array, a streaming body AsyncIterable.
 */
export interface Operation<In = Record<string, unknown>, Out = Record<string, unknown>, Prepared = undefined> {
  /** What must be awaited. An answer that is no promise was there at once: nothing came between it and `handle`. */
  prepare?(input: In, preparation: Preparation): Promise<Prepared> | Prepared;
  /** One synchronous step on the transaction; a throw leaves nothing. */
  handle(input: In, call: Call, prepared: Prepared): Out;
  readonly trail?: TrailShape;
  /** A refusal that tells of absence only to who may know: others are refused for lack of this permission. */
  readonly absence?: {
    readonly code: string;
    requirement(input: Readonly<Record<string, unknown>>): { readonly action: string; readonly resource: string };
  };
  /** AWS takes the call unsigned, and the operation checks by itself who may; says why. */
  readonly anonymous?: string;
  /** Where AWS is known to validate before it authorises; says why. */
  readonly validatesFirst?: string;
}

/** Keeps the types of one operation's input and output inside its definition. */
export function operation<In, Out extends object = Record<string, unknown>, Prepared = undefined>(
  definition: Operation<In, Out, Prepared>,
): Operation {
  // The chain validates the input against the model before `handle` sees it, which is what makes In true.
  return definition as unknown as Operation;
}

/** Work that leaves a commit and is done later: a mail, a delivery, a stack's next step. At least once, in (due, seq) order. */
export interface Consumer<T = unknown> {
  readonly topic: string;
  /** Throwing is a failed attempt: it comes again later, and is a dead letter in the end. */
  handle(payload: T, work: Work): Promise<void>;
  /** Work of one topic and account is done one after the other, unless this tells it apart: each lane waits for itself alone. */
  lane?(payload: T, region: string): string;
  /** Real milliseconds in which it must do something, where the general limit is too short (a function that runs long). */
  readonly stallMs?: number;
}

export interface Work {
  /** Id of the outbox row: the same work again has the same id. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Virtual time, epoch milliseconds. */
  now(): number;
  readonly invoke: Invoke;
  readonly blobs: Blobs;
  readonly functions: Functions;
  /** Holds the clock for this work; what waits for virtual time parks it. */
  readonly task: Task;
  /** One synchronous step on state of this account and region. The same commit ends the work, unless `keep`. */
  commit<T>(
    step: (scope: Scope & Pick<Call, 'later' | 'ids' | 'inRegion'>) => T,
    options?: { readonly keep?: boolean },
  ): Promise<T>;
  sleep(ms: number): Promise<void>;
  /** Waits for another task of the clock, such as a function that runs. */
  join<T>(other: Promise<T>): Promise<T>;
}

export interface ResourcePolicy {
  /** How `because` names it: `bucket policy`, `topic policy`, `trust policy`, `key policy`, `bucket acl`. */
  readonly kind: string;
  readonly document: JsonObject;
}

/** A call's record, made when somebody reads it: most data events are read by nobody. */
export interface TrailEntry {
  readonly category: 'Management' | 'Data';
  readonly text: string;
  readonly json: JsonObject;
}

export interface Observer {
  readonly topic: string;
  wants(entry: TrailEntry, scope: ReadScope): boolean;
}

/** One AWS service of the range: its operations, and what its resources say when the chain asks. */
export interface Service {
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The region whose trail shows the calls of a service that has no regions (IAM: `us-east-1`). */
  readonly globalRegion?: string;
  /** Whose state a call works on where it is not the caller's own: by a bucket's owner, by an ARN in the input. */
  home?(
    input: Readonly<Record<string, unknown>>,
    reader: Reader,
    operation: string,
  ): { readonly account: string; readonly region?: string } | undefined;
  /** What is missing and AWS tells everybody so, before any policy is asked: a bucket. */
  absent?(input: Readonly<Record<string, unknown>>, reader: Reader, operation: string): AwsError | undefined;
  /** The policies that the resource with this ARN carries and AWS evaluates for this action (a trust policy: AssumeRole). */
  policies?(arn: string, scope: ReadScope, action: string): readonly ResourcePolicy[];
  /** `aws:ResourceTag/...`; undefined where there is no such resource. */
  tags?(arn: string, scope: ReadScope): Readonly<Record<string, string>> | undefined;
  /** ARNs that only state knows, by the authorization table's names (`iam:user`). Undefined: not decided. */
  readonly resolvers?: Readonly<
    Record<string, (value: unknown, scope: ReadScope) => string | readonly string[] | undefined>
  >;
  /** Condition keys of a resource that come from state. */
  keys?(arn: string, scope: ReadScope): Readonly<Record<string, string | readonly string[]>>;
  readonly consumers?: readonly Consumer[];
  /** Records of the account that this service works on; the commit that made the record holds the work, too. */
  readonly observes?: Observer;
}
