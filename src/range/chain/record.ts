import type { JsonObject } from '../../model/json.ts';
import type { Shape } from '../wire/plan.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { isoSeconds, userIdentity } from './identity.ts';
import { formsOf, parameters } from './parameters.ts';

/** What the chain needs to know of an operation to write its record; derived from the models and authorization data. */
export interface TrailFacts {
  readonly eventSource: string;
  readonly readOnly: boolean;
  readonly input?: Shape | undefined;
  readonly output?: Shape | undefined;
}

/** The record that CloudTrail writes of a call; undefined where AWS writes none. `eventId` is drawn by the caller. */
export function trailRecord(
  exchange: Exchange,
  outcome: Outcome,
  facts: TrailFacts,
  eventId: string,
): JsonObject | undefined {
  const shape = exchange.definition.trail ?? {};
  const category = shape.category ?? 'Management';
  if (category === 'none') return undefined;
  const readOnly = shape.readOnly ?? facts.readOnly;
  const call = outcome.ok ? outcome.call : undefined;
  const resources = call === undefined ? undefined : shape.resources?.(exchange.input, call);
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(exchange.caller, exchange.via),
    eventTime: isoSeconds(exchange.time),
    eventSource: shape.source ?? facts.eventSource,
    eventName: shape.name ?? exchange.operation,
    awsRegion: exchange.region,
    // A call that a service makes for somebody shows the service's name in both places.
    sourceIPAddress: exchange.via ?? exchange.sourceIp,
    userAgent: exchange.via ?? exchange.userAgent,
    ...(outcome.ok ? {} : { errorCode: outcome.code, errorMessage: outcome.message }),
    requestParameters: request(exchange, facts.input),
    responseElements: response(exchange, outcome, readOnly, facts.output),
    ...(shape.additional === undefined
      ? {}
      : { additionalEventData: shape.additional(exchange.input, outcome.ok ? outcome.output : undefined, exchange) }),
    requestID: exchange.requestId,
    eventID: eventId,
    readOnly,
    ...(resources === undefined || resources.length === 0 ? {} : { resources: resources.map((each) => ({ ...each })) }),
    eventType: 'AwsApiCall',
    ...(shape.apiVersion === undefined ? {} : { apiVersion: shape.apiVersion }),
    managementEvent: category === 'Management',
    recipientAccountId: exchange.account,
    eventCategory: category,
  };
}

function request(exchange: Exchange, shape: Shape | undefined): JsonObject | null {
  const own = exchange.definition.trail?.request;
  if (own !== undefined) return own(exchange.input, { ...exchange, service: exchange.service.name });
  // Names of EC2's requests are not its XML's: its form has them in the singular, its records do not.
  return parameters(exchange.input, shape, { ...formsOf(exchange.service.name), wireNames: false });
}

function response(
  exchange: Exchange,
  outcome: Outcome,
  readOnly: boolean,
  shape: Shape | undefined,
): JsonObject | null {
  if (!outcome.ok) return null;
  const own = exchange.definition.trail?.response;
  if (own !== undefined) return own(outcome.output, outcome.call);
  if (readOnly) return null;
  const service = exchange.service.name;
  const written = parameters(outcome.output, shape, formsOf(service));
  return service === 'ec2' ? { requestId: exchange.requestId, ...written } : written;
}
