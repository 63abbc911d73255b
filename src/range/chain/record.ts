import { instant } from '../../aws/instant.ts';
import type { JsonObject } from '../../model/json.ts';
import type { TrailEntry } from '../operation.ts';
import type { Shape } from '../wire/plan.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { identityText } from './identity.ts';
import { formsOf, parameters } from './parameters.ts';

/** What the chain needs to know of an operation to write its record; derived from the models and authorization data. */
export interface TrailFacts {
  /** `eventSource` and `eventName` as JSON, which are the same in all records of the operation. */
  readonly named: string;
  readonly readOnly: boolean;
  readonly input?: Shape | undefined;
  readonly output?: Shape | undefined;
}

/** The record that CloudTrail writes of a call; undefined where AWS writes none. `drawId` draws the event's id. */
export function trailEntry(
  exchange: Exchange,
  outcome: Outcome,
  facts: TrailFacts,
  drawId: () => string,
): TrailEntry | undefined {
  const category = exchange.definition.trail?.category ?? 'Management';
  return category === 'none'
    ? undefined
    : new Entry(category, () => recordText(category, exchange, outcome, facts, drawId()));
}

class Entry implements TrailEntry {
  readonly category: TrailEntry['category'];
  readonly #write: () => string;
  #text: string | undefined;
  #json: JsonObject | undefined;

  constructor(category: TrailEntry['category'], write: () => string) {
    this.category = category;
    this.#write = write;
  }

  get text(): string {
    this.#text ??= this.#write();
    return this.#text;
  }

  get json(): JsonObject {
    this.#json ??= JSON.parse(this.text) as JsonObject;
    return this.#json;
  }
}

/** Text at once: it is what is stored, and a tree of objects made to be written costs as much again. */
function recordText(
  category: TrailEntry['category'],
  exchange: Exchange,
  outcome: Outcome,
  facts: TrailFacts,
  eventId: string,
): string {
  const shape = exchange.definition.trail ?? {};
  const readOnly = shape.readOnly ?? facts.readOnly;
  const resources = outcome.ok ? shape.resources?.(exchange.input, outcome.call) : undefined;
  const additional = shape.additional?.(exchange.input, outcome.ok ? outcome.output : undefined, exchange);
  let text = `{"eventVersion":"1.11","userIdentity":${identityText(exchange.caller, exchange.via)}`;
  text += `,"eventTime":"${instant(exchange.time)}",${facts.named},"awsRegion":${quoted(exchange.region)}`;
  // A call that a service makes for somebody shows the service's name in both places.
  text += `,"sourceIPAddress":${quoted(exchange.via ?? exchange.sourceIp)}`;
  text += `,"userAgent":${quoted(exchange.via ?? exchange.userAgent)}`;
  if (!outcome.ok)
    text += `,"errorCode":${quoted(errorCode(exchange, outcome))},"errorMessage":${quoted(outcome.message)}`;
  text += `,"requestParameters":${JSON.stringify(request(exchange, facts.input) ?? null)}`;
  text += `,"responseElements":${JSON.stringify(response(exchange, outcome, readOnly, facts.output) ?? null)}`;
  if (additional !== undefined) text += `,"additionalEventData":${JSON.stringify(additional)}`;
  text += `,"requestID":"${exchange.requestId}","eventID":"${eventId}","readOnly":${readOnly}`;
  if (resources !== undefined && resources.length > 0) text += `,"resources":${JSON.stringify(resources)}`;
  text += ',"eventType":"AwsApiCall"';
  if (shape.apiVersion !== undefined) text += `,"apiVersion":${quoted(shape.apiVersion)}`;
  text += `,"managementEvent":${category === 'Management'},"recipientAccountId":${quoted(exchange.account)}`;
  return `${text},"eventCategory":"${category}"}`;
}

/** EC2's records say whose fault it was: AWS's own metric filters look for `*UnauthorizedOperation`. Observed, not documented. */
function errorCode({ service }: Exchange, { code, status = 400 }: Extract<Outcome, { ok: false }>): string {
  return service.name === 'ec2' ? `${status < 500 ? 'Client' : 'Server'}.${code}` : code;
}

function quoted(text: string): string {
  return JSON.stringify(text);
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
