import type { ShapeType } from './model.ts';

/** A shape with its references resolved, so that reading and writing never look a name up. */
export interface Shape {
  readonly name: string;
  readonly type: ShapeType;
  /** Of structures, in the model's order. */
  readonly members: readonly Member[];
  /** Of structures: by wire name of JSON and XML bodies. */
  readonly byWireName: ReadonlyMap<string, Member>;
  /** Of structures: the member that is the HTTP body. */
  readonly payload: Member | undefined;
  /** Of structures: some member travels in the HTTP body without a payload binding. */
  readonly hasBody: boolean;
  /** Element of a list, value of a map. */
  readonly item: Member | undefined;
  readonly key: Member | undefined;
  readonly flattened: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly pattern: RegExp | undefined;
  readonly patternText: string;
  readonly enum: ReadonlySet<string> | undefined;
  readonly timestampFormat: string | undefined;
  /** Somewhere in it is a requirement, a length, a range, a pattern or an enum. */
  readonly constrained: boolean;
  readonly document: boolean;
  readonly union: boolean;
  readonly streaming: boolean;
  readonly eventstream: boolean;
  readonly exception: boolean;
  readonly errorCode: string;
  readonly errorStatus: number | undefined;
  readonly xmlName: string | undefined;
  readonly xmlNamespace: string | undefined;
  readonly xmlPrefix: string | undefined;
}

export interface Member {
  /** As handlers name it. */
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly location: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode' | undefined;
  /** In JSON and XML bodies, in headers, query strings and labels. */
  readonly wireName: string;
  /** The same in lower case, as headers are looked up. */
  readonly headerName: string;
  /** The location name, where the model gives one. */
  readonly ownName: string | undefined;
  readonly ec2Name: string;
  readonly queryName: string;
  readonly flattened: boolean;
  readonly streaming: boolean;
  readonly xmlAttribute: boolean;
  readonly xmlNamespace: string | undefined;
  readonly xmlPrefix: string | undefined;
  readonly timestampFormat: string | undefined;
  readonly jsonvalue: boolean;
  /** Clients fill it in by themselves. */
  readonly idempotencyToken: boolean;
}

export interface OperationPlan {
  readonly service: ServicePlan;
  readonly name: string;
  /** `sns:GetTopicAttributes`: joined once, since every call is spoken of by it. */
  readonly callName: string;
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  readonly input: Member | undefined;
  readonly output: Member | undefined;
  /** Element around the result, of the query protocol. */
  readonly resultWrapper: string | undefined;
  /** Error shapes that the model names for this operation. */
  readonly errors: readonly string[];
  readonly deprecated: boolean;
  /** AWS takes the call unsigned (`sts:AssumeRoleWithWebIdentity`). */
  readonly unsigned: boolean;
  /** The input's body is a stream and must not be read into memory. */
  readonly streamsIn: boolean;
}

export interface ServicePlan {
  readonly name: string;
  readonly serviceId: string;
  readonly signingName: string;
  readonly apiVersion: string;
  readonly protocols: readonly string[];
  readonly jsonVersion: '1.0' | '1.1';
  readonly xmlNamespace: string;
  readonly queryCompatible: boolean;
  readonly targetPrefix: string;
  operation(name: string): OperationPlan | undefined;
  readonly operationNames: readonly string[];
  /** An error's shape by shape name or wire code. */
  error(code: string): Shape | undefined;
}
