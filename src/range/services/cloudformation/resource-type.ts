import type { JsonObject } from '../../../model/json.ts';
import type { Responses } from './responses.ts';
import type { Made } from './tables.ts';

/** One kind of resource: how its properties become calls, made as the stack's principal through the gateway. */
export interface ResourceType {
  /** `AWS::SNS::Topic`. */
  readonly type: string;
  /** The properties that are built: any other is refused by name. */
  readonly properties: readonly string[];
  /** Those whose change needs a new physical resource. */
  readonly replacedBy?: readonly string[];
  /** The property with a name of the user's choice, which needs CAPABILITY_NAMED_IAM on resources of IAM. */
  readonly named?: string;
  create(properties: JsonObject, context: ResourceContext): Promise<Made>;
  /** Absent: every change replaces. */
  update?(properties: JsonObject, before: Existing, context: ResourceContext): Promise<Made>;
  /** What is gone already is no error. What goes slowly says after how many virtual milliseconds to ask again. */
  remove(existing: Existing, context: ResourceContext): Promise<void> | Promise<number | undefined>;
  /** Looks again at what said `waitMs`. */
  settle?(properties: JsonObject, made: Made, context: ResourceContext): Promise<Made>;
}

/** A physical resource as it was made. */
export interface Existing {
  readonly made: Made;
  readonly properties: JsonObject;
}

export interface ResourceContext {
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Virtual time, and when the resource was begun. */
  readonly now: number;
  readonly since: number;
  /** The same for every attempt at this operation. */
  readonly token: string;
  /** It said that it must be asked again, and is. */
  readonly again: boolean;
  /** Where an answer from outside is expected. */
  readonly responses: Responses;
  /** The stack's tags, and those of CloudFormation. */
  readonly tags: Readonly<Record<string, string>>;
  /** `<stack>-<logical id>-<random>`, as CloudFormation names what the template does not. */
  name(longest: number): string;
  /** Says that something is there already, though more must follow: should that fail, it goes with the stack. */
  holds(made: Made): void;
  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** The same, where "there is no such thing" is as good: the codes that say so. */
  callUnless(
    codes: readonly string[],
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown> | undefined>;
}

export function resourceType(definition: ResourceType): ResourceType {
  return definition;
}
