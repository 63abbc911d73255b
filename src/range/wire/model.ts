/** One service's schema as `tools/wire.mjs` writes it from botocore: `models/<service>.json`. */
export interface ServiceModel {
  readonly service: string;
  /** `CloudTrail`, as in `api/cloudtrail#1.0` and record sources. */
  readonly serviceId: string;
  readonly signingName: string;
  readonly endpointPrefix: string;
  readonly apiVersion: string;
  /** First is what the newest clients speak: json, query, ec2, rest-json, rest-xml. */
  readonly protocols: readonly string[];
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  /** Errors carry `x-amzn-query-error` (services that moved from query to json). */
  readonly queryCompatible?: boolean;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, ShapeModel>>;
}

export interface OperationModel {
  readonly method: string;
  readonly uri: string;
  readonly status?: number;
  readonly input?: MemberModel;
  readonly output?: MemberModel;
  readonly resultWrapper?: string;
  readonly errors?: readonly string[];
  readonly deprecated?: boolean;
  /** `none`: AWS takes the call unsigned. */
  readonly auth?: 'none';
}

export type ShapeType =
  | 'structure'
  | 'list'
  | 'map'
  | 'string'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'boolean'
  | 'timestamp'
  | 'blob';

export interface ShapeModel {
  readonly type: ShapeType;
  readonly members?: Readonly<Record<string, MemberModel>>;
  readonly required?: readonly string[];
  /** Member that is the HTTP body. */
  readonly payload?: string;
  readonly member?: MemberModel;
  readonly key?: MemberModel;
  readonly value?: MemberModel;
  readonly flattened?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly streaming?: boolean;
  readonly eventstream?: boolean;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly timestampFormat?: string;
  readonly locationName?: string;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string } | string;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
}

export interface MemberModel {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly streaming?: boolean;
  readonly xmlAttribute?: boolean;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string } | string;
  readonly timestampFormat?: string;
  readonly jsonvalue?: boolean;
  readonly idempotencyToken?: boolean;
}

/** Gives the text of `models/<service>.json`, undefined where there is none. The wiring reads the file. */
export type ReadModel = (service: string) => string | undefined;
