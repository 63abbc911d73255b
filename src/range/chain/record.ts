import type { JsonObject } from '../../model/json.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { isoSeconds, userIdentity } from './identity.ts';
import { parameters } from './parameters.ts';

/** What the chain needs to know of an operation to write its record; derived from the models and authorization data. */
export interface TrailFacts {
  readonly eventSource: string;
  readonly readOnly: boolean;
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
    requestParameters: request(exchange),
    responseElements: response(exchange, outcome, readOnly),
    ...(shape.additional === undefined
      ? {}
      : { additionalEventData: shape.additional(exchange.input, outcome.ok ? outcome.output : undefined, exchange) }),
    requestID: exchange.requestId,
    eventID: eventId,
    readOnly,
    ...(resources === undefined || resources.length === 0 ? {} : { resources: resources.map((each) => ({ ...each })) }),
    eventType: 'AwsApiCall',
    managementEvent: category === 'Management',
    recipientAccountId: exchange.account,
    eventCategory: category,
  };
}

function request(exchange: Exchange): JsonObject | null {
  const shape = exchange.definition.trail;
  if (shape?.request !== undefined) {
    return shape.request(exchange.input, { ...exchange, service: exchange.service.name });
  }
  return parameters(exchange.input);
}

function response(exchange: Exchange, outcome: Outcome, readOnly: boolean): JsonObject | null {
  if (!outcome.ok) return null;
  const shape = exchange.definition.trail;
  if (shape?.response !== undefined) return shape.response(outcome.output, outcome.call);
  return readOnly ? null : parameters(outcome.output);
}
