import type { AwsError } from '../../aws/error.ts';
import type { Protocol, RawRequest, Rendered } from './message.ts';
import type { OperationPlan, ServicePlan } from './plan.ts';
import type { Signed } from './sigv4/verify.ts';

/** What is known of how a caller speaks, even where the call itself is not understood: enough to answer in kind. */
export interface Spoken {
  readonly protocol: Protocol;
  /** Project's name of the service (`Service.name`), or what the client called it; '' if nothing says. */
  readonly service: string;
  /** What a signature of the service must be scoped to; undefined where it is not known, and never left out. */
  readonly signingName: string | undefined;
  /** The signing region, else the Host's; '' if nothing says. */
  readonly region: string;
  /** The request, its body read into bytes unless the operation takes a stream. */
  readonly request: RawRequest;
}

/** A request whose operation is known. */
export interface Routed extends Spoken {
  readonly kind: 'routed';
  readonly operation: string;
  readonly plan: OperationPlan;
  /** S3's bucket, from the path or the Host. */
  readonly bucket?: string | undefined;
  /** Values of the path's labels, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  /** Parameters of a query or EC2 call. */
  readonly form?: readonly (readonly [name: string, value: string])[];
  /** The query string of a REST call. */
  readonly query?: ReadonlyMap<string, readonly string[]>;
}

/** A request that no modelled operation answers, with AWS's words for it. */
export interface Misrouted extends Spoken {
  readonly kind: 'misrouted';
  readonly refusal: AwsError;
}

export type Input = Record<string, unknown>;

/** AWS's protocols, both ways, driven by the service models. Handlers see modelled names and types only. */
export interface Wire {
  readonly services: readonly string[];
  /** Reads the body, unless the operation wants a stream. Throws nothing: what is wrong comes back as a refusal. */
  route(raw: RawRequest): Routed | Misrouted | Promise<Routed | Misrouted>;
  /** The modelled input. Throws AwsError for what cannot be read. `signed` guards the body that it hands out. */
  parse(routed: Routed, signed?: Signed): Input;
  /** Throws AwsError, in the service's words, where the input breaks the model's constraints. */
  check(plan: OperationPlan, input: Input): void;
  /** `head` of a HEAD request keeps headers and drops the body. */
  render(routed: Routed, output: Readonly<Input>, requestId: string): Rendered;
  renderError(spoken: Routed | Misrouted, error: AwsError, requestId: string): Rendered;
  /** For calls that come from inside and not from a socket. Undefined where the model has no such thing. */
  operation(service: string, operation: string): OperationPlan | undefined;
  service(name: string): ServicePlan | undefined;
}
