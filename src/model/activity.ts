import type { FlowRows } from './flow-rows.ts';
import type { Json } from './json.ts';
import type { Place } from './problem.ts';

export const kinds = ['api-call', 'network-flow', 'dns-query', 'login', 'http-request', 'foreign-finding'] as const;
export type Kind = (typeof kinds)[number];

/** Where a caller's address comes from: an IP literal, or the name of the AWS service that called. */
export type Address =
  | { readonly kind: 'ip'; readonly text: string; readonly public: boolean }
  | { readonly kind: 'service'; readonly text: string };

/** Who a session was before it became what the record names. Set by `lineage/`. */
export interface Origin {
  /** The principal at the beginning of the chain, as its record says. */
  readonly principal: string;
  /** The roles and sessions between, first first. */
  readonly chain: readonly string[];
  /** The instance whose metadata service gave the credentials, where there is one. */
  readonly instance?: string;
  /** The function whose execution role this is, where there is one. */
  readonly function?: string;
}

/** A dotted path by AWS's own record names, such as `requestParameters.bucketName`. */
export type Path = string;

/** The few fields that every activity has, whatever its kind. */
export interface Head {
  readonly kind: Kind;
  /** AWS's id of the record (`eventID`), or one derived from its content. The same record twice has the same id. */
  readonly id: string;
  /** When it happened, epoch milliseconds. */
  readonly time: number;
  readonly account: string;
  readonly region: string;
  /** `s3.amazonaws.com` for an API call; the log's kind for the others. */
  readonly source: string;
  /** `DeleteBucket` for an API call; the action (`ACCEPT`), query name or method for the others. */
  readonly name: string;
  /** The principal as the record says, '' if none. */
  readonly principal: string;
  readonly origin?: Origin | undefined;
  readonly address: Address | undefined;
  /** AWS's error code, '' when the call succeeded. */
  readonly error: string;
  readonly place: Place;
}

/** What an activity has in common with others: one object for all. Whoever finds something out of it can leave it there. */
export interface Shared {
  verdict: object | undefined;
  /** Of a call and of a setting: what lineage says. */
  told?: object | undefined;
  /** Of a call: what goes before what when the time is the same. */
  rank?: number | undefined;
}

/**
 * Who calls from where and with which program, in which account and region, refused with what or not: what a program's
 * calls have in common.
 */
export interface Setting extends Shared {
  /** Everything under `userIdentity`, the address, and the user agent. */
  readonly caller: Shared;
  readonly from: Shared;
  readonly agent: Shared;
}

/** One call in one setting: what programs do all day. */
export interface Situation {
  readonly setting: Setting;
  /** Source and name, where the source shares them. */
  readonly call: Shared | undefined;
  /** What came of it the last time. */
  known: object | undefined;
  /** True once no later record has this object. */
  readonly isOver: boolean;
  /** Nobody needs to see a record of it before this time. */
  rest(until: number): void;
}

/**
 * A network flow in numbers, so that most flows are judged without a text. What the record does not say, or says in
 * another way than numbers, is negative.
 */
export interface Flow {
  /** The rows that it is one of, and which. */
  readonly rows: FlowRows;
  readonly row: number;
  /** Stands for the account and the interface together. */
  readonly owner: number;
  /** The 32 bits of IPv4. */
  readonly srcaddr: number;
  readonly dstaddr: number;
  readonly srcport: number;
  readonly dstport: number;
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: number;
  readonly accepted: boolean;
  readonly direction: 'ingress' | 'egress' | undefined;
}

/**
 * What happened, in one vocabulary. The bytes behind it stay private to `sources/` and the object is reused:
 * it is valid only during the call that receives it; `keep()` gives what outlives it.
 * An absent, null or ill-typed field is `undefined` (or an empty list), never an error.
 */
export interface Activity extends Head {
  /** Source and name, and all that is about the caller, where the source shares them. */
  readonly call?: Shared | undefined;
  readonly setting?: Setting | undefined;
  readonly situation?: Situation | undefined;
  text(path: Path): string | undefined;
  number(path: Path): number | undefined;
  flag(path: Path): boolean | undefined;
  list(path: Path): readonly string[];
  has(path: Path): boolean;
  /** Of a `network-flow`. */
  readonly flow?: Flow | undefined;
  /** The value itself, for lists of objects and policy documents. Costs a parse: ask after the cheap conditions. */
  json(path: Path): Json | undefined;
  keep(): Evidence;
}

/** What a finding remembers of an activity. */
export interface Evidence {
  readonly id: string;
  readonly kind: Kind;
  readonly time: number;
  readonly source: string;
  readonly name: string;
  readonly principal: string;
  /** Who the principal was before, where lineage knows it. */
  readonly origin?: Origin;
  readonly address: string;
  readonly error: string;
  readonly place: Place;
}
