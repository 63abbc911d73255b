import type { Clock, Task } from '../clock.ts';
import type { Exchange, Flow } from '../network/network.ts';
import type { Outside } from '../network/outside.ts';
import type { NetworkInterface } from '../network/world.ts';
import type { ServicePlan } from '../wire/plan.ts';
import type { InodeJson } from './disk/json.ts';
import type { Host } from './host.ts';

/** What a host needs of the range. Given by the ec2 service's wiring, by hand in tests. */
export interface HostPorts {
  readonly clock: Clock;
  readonly net: HostNet;
  readonly aws: AwsDoor;
  readonly metadata: MetadataSource;
  readonly disk: DiskStore;
}

/** The network as one host sees it. Every packet of the host is decided behind it. */
export interface HostNet {
  /** The first interface, as it is now: its public address comes and goes. */
  interface(): NetworkInterface;
  exchange(flow: Omit<Flow, 'from' | 'src'>): Exchange;
  /** A name look-up through the VPC's resolver, which writes its own record. */
  resolve(name: string): string | undefined;
  /** The running host behind an interface. */
  hostAt(interfaceId: string): Host | undefined;
  readonly outside: Outside;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who waits for an answer: its task lends the clock meanwhile, and a kill ends the waiting, though not the call. */
export interface Waiting {
  readonly task: Task;
  readonly signal?: AbortSignal;
}

/** The in-process door to the gateway. Who calls is decided by the keys, from where by the flow. */
export interface AwsDoor {
  /** Throws AwsError as a client would see it. */
  call(request: {
    readonly waiting: Waiting;
    readonly service: string;
    readonly operation: string;
    readonly region: string;
    readonly input: Readonly<Record<string, unknown>>;
    /** Absent: unsigned. */
    readonly credentials?: AwsCredentials;
    readonly sourceIp: string;
    readonly userAgent: string;
  }): Promise<Record<string, unknown>>;
  /** Plain HTTP to one of AWS's names, as curl sends it; undefined where the name is none of AWS's. */
  fetch(
    request: HttpRequest & { readonly sourceIp: string; readonly waiting: Waiting },
  ): Promise<HttpAnswer> | undefined;
  /** The address at which a service answers. */
  address(service: string, region: string): string;
  /** What the command line needs to know of a service's model; undefined for a service that there is not. */
  describe(service: string): ServicePlan | undefined;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the metadata service serves; read at each request, so that a role that is attached later shows. */
export interface MetadataSource {
  options(): {
    readonly enabled: boolean;
    readonly tokens: 'required' | 'optional';
    readonly hopLimit: number;
  };
  /** Leaves below `/latest/meta-data/`, by path (`instance-id`, `placement/region`). */
  values(): Readonly<Record<string, string>>;
  /** The body of user data as it was given, decoded. */
  userData(): Uint8Array | undefined;
  /** The role's credentials as they are now; the source renews them in virtual time. */
  credentials(delivery: '1.0' | '2.0'): RoleCredentials | undefined;
  identityDocument(): Readonly<Record<string, unknown>>;
}

export interface RoleCredentials extends AwsCredentials {
  readonly roleName: string;
  readonly instanceProfileArn: string;
  readonly instanceProfileId: string;
  /** Virtual epoch milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly sessionToken: string;
}

/** Where a disk is kept between runs, like a volume. */
export interface DiskStore {
  load(): InodeJson | undefined;
  save(json: InodeJson): void;
}
