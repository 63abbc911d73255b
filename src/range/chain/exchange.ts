import type { Authorization } from '../../aws/authorization/requirement.ts';
import type { Caller } from '../caller.ts';
import type { Task } from '../clock.ts';
import type { Call, Operation, Service } from '../operation.ts';

/** What is known of the connection a call came on; a caller's address comes from here, never from a header. */
export interface Connection {
  readonly sourceIp: string;
  /** Outside clients live in wall time; hosts, functions and a drill's own clients in virtual time. */
  readonly time: 'wall' | 'virtual';
  /** Scheme and authority that the client used. */
  readonly endpoint: string;
  /** Calls from inside a running task are covered by its hold on the clock; without one, the call takes its own. */
  readonly task: Task | undefined;
}

/** A call whose operation is known and whose caller is established: what authorisation, handling and recording share. */
export interface Exchange {
  readonly service: Service;
  readonly operation: string;
  readonly definition: Operation;
  readonly authorization: Authorization;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Account and region in which the call is worked on. */
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly time: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly endpoint: string;
  /** Holds the clock while the call is worked on. */
  readonly task: Task;
  readonly via?: string;
  /** The call's name among those that happen once. */
  readonly once?: string;
  /** How it was signed, for `s3:authType` and `additionalEventData`. */
  readonly signature?:
    | {
        readonly version: 'AWS4-HMAC-SHA256';
        readonly type: 'AuthHeader' | 'QueryString';
        readonly ageMs: number;
      }
    | undefined;
}

/** What came of it, for the record. */
export type Outcome =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>>; readonly call: Call }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly status?: number | undefined };
