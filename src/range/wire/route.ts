import { AwsError } from '../../aws/error.ts';
import { readBody } from './body.ts';
import { type Catalog, lastPart, type ServiceFacts } from './catalog.ts';
import { parseForm } from './form.ts';
import { type HostFacts, readHost } from './host.ts';
import type { Protocol, RawRequest } from './message.ts';
import type { ServicePlan } from './plan.ts';
import type { RestMatch } from './rest-routes.ts';
import { type ClaimedScope, claimedScope } from './scope.ts';
import { SmallBody } from './small-body.ts';
import { unsignedRest } from './unsigned-rest.ts';
import type { Misrouted, Routed } from './wire.ts';

type Form = readonly (readonly [name: string, value: string])[];

interface Arrival {
  readonly raw: RawRequest;
  readonly path: string;
  readonly query: string;
  readonly scope: ClaimedScope | undefined;
  readonly host: HostFacts;
}

/** The request decides the protocol, the signature's scope the service, both the operation. */
export function route(catalog: Catalog, raw: RawRequest): Outcome | Promise<Outcome> {
  const mark = raw.target.indexOf('?');
  const arrival: Arrival = {
    raw,
    path: mark < 0 ? raw.target : raw.target.slice(0, mark),
    query: mark < 0 ? '' : raw.target.slice(mark + 1),
    scope: claimedScope(raw.headers['authorization'], raw.target),
    host: readHost(raw.headers['host']),
  };
  const target = raw.headers['x-amz-target'];
  if (target !== undefined) return routeJson(catalog, arrival, target);
  if (isForm(raw)) return routeForm(catalog, arrival);
  if (raw.method === 'GET' && /(?:^|&)Action=/.test(arrival.query)) return routeForm(catalog, arrival);
  return routeRest(catalog, arrival);
}

function isForm({ method, headers }: RawRequest): boolean {
  return method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

function routeJson(catalog: Catalog, arrival: Arrival, target: string): Outcome | Promise<Outcome> {
  const dot = target.lastIndexOf('.');
  const prefix = lastPart(target.slice(0, dot));
  const facts = catalog.byTargetPrefix.get(prefix) ?? factsOf(catalog, arrival);
  const version = arrival.raw.headers['content-type']?.includes('json-1.0') ? 'json-1.0' : 'json-1.1';
  const spoken = speech(arrival, version, facts);
  return settle(spoken, arrival, (request) => {
    const service = knownService(catalog, facts, spoken.service);
    const plan = lastPart(service.targetPrefix) === prefix ? service.operation(target.slice(dot + 1)) : undefined;
    // An empty body as AWS's JSON front ends word it; observed, not documented.
    if (plan === undefined) throw new AwsError('UnknownOperationException', '', { status: 400 });
    const { protocol, service: name, signingName, region } = spoken;
    return {
      kind: 'routed',
      protocol,
      service: name,
      signingName,
      region,
      request,
      operation: plan.name,
      plan,
      labels: none,
    };
  });
}

function routeForm(catalog: Catalog, arrival: Arrival): Outcome | Promise<Outcome> {
  let facts = factsOf(catalog, arrival);
  const first = speech(arrival, formProtocol(facts), facts);
  return settle(first, arrival, (request) => {
    const ofBody = parseForm(bodyText(request));
    const form = arrival.query === '' ? ofBody : [...parseForm(arrival.query), ...ofBody];
    const action = parameter(form, 'Action');
    const version = parameter(form, 'Version');
    facts ??= catalog.byApiVersion
      .get(version)
      ?.find(({ protocols }) => protocols.some((one) => formProtocols.has(one)));
    if (facts !== undefined && action === '' && isRest(facts)) return routeRest(catalog, { ...arrival, raw: request });
    const spoken = facts?.service === first.service ? first : speech(arrival, formProtocol(facts), facts);
    const service = knownService(catalog, facts, spoken.service);
    if (action === '') return misrouted({ ...spoken, request }, missingAction());
    const plan = service.operation(action);
    if (plan === undefined) return misrouted({ ...spoken, request }, invalidAction(service, action, version));
    // Not by a spread: V8 makes such an object member by member, on its slow road, at a tenth of what the call costs.
    const { protocol, service: name, signingName, region } = spoken;
    return {
      kind: 'routed',
      protocol,
      service: name,
      signingName,
      region,
      request,
      operation: action,
      plan,
      labels: none,
      form,
    };
  });
}

const none = {};
const formProtocols = new Set(['query', 'ec2']);

function formProtocol(facts: ServiceFacts | undefined): Protocol {
  return facts?.protocols.includes('ec2') ? 'ec2' : 'query';
}

function isRest(facts: ServiceFacts): boolean {
  return facts.protocols.some((protocol) => protocol.startsWith('rest-'));
}

function routeRest(catalog: Catalog, arrival: Arrival): Outcome | Promise<Outcome> {
  const { raw, host } = arrival;
  const facts = factsOf(catalog, arrival) ?? (arrival.scope === undefined ? unsignedRest(catalog, arrival) : undefined);
  const protocol = (facts?.protocols.find((one) => one.startsWith('rest-')) ??
    facts?.protocols[0] ??
    'rest-json') as Protocol;
  const spoken = speech(arrival, protocol === ('json' as string) ? 'json-1.1' : protocol, facts);
  let query: NonNullable<Routed['query']>;
  let match: RestMatch;
  try {
    query = queryValues(arrival.query);
    const service = knownService(catalog, facts, spoken.service);
    const path = service.name === 's3' && host.bucket !== '' ? `/${host.bucket}${arrival.path}` : arrival.path;
    const found = isRest(facts!) ? catalog.routes(service).match(raw.method, path, query, raw.headers) : undefined;
    if (found === undefined) throw unknownRoute(service);
    match = found;
  } catch (error) {
    return misrouted({ ...spoken, request: raw }, refusalOf(error));
  }
  if (!match.plan.streamsIn) return settle(spoken, arrival, (request) => restCall(spoken, request, match, query));
  const { body, method, target, headers } = raw;
  // Its hash is proved while it is read, whether it lies in memory or not.
  const held = body instanceof Uint8Array ? { method, target, headers, body: new SmallBody(() => body) } : raw;
  return restCall(spoken, held, match, query);
}

function restCall(
  { protocol, service, signingName, region }: Speech,
  request: RawRequest,
  { plan, labels }: RestMatch,
  query: NonNullable<Routed['query']>,
): Routed {
  return {
    kind: 'routed',
    protocol,
    service,
    signingName,
    region,
    request,
    operation: plan.name,
    plan,
    labels,
    query,
    bucket: plan.service.name === 's3' ? labels['Bucket'] : undefined,
  };
}

function queryValues(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of parseForm(text)) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return values;
}

type Speech = Omit<Routed, 'kind' | 'request' | 'operation' | 'plan' | 'labels' | 'bucket' | 'form' | 'query'>;

function speech({ scope, host }: Arrival, protocol: Protocol, facts: ServiceFacts | undefined): Speech {
  return {
    protocol,
    service: facts?.service ?? scope?.service ?? '',
    signingName: facts?.signingName,
    region: scope?.region ?? host.region,
  };
}

/** Scope, then Host, then what the SDKs write into their user agent. */
function factsOf(catalog: Catalog, { scope, host, raw }: Arrival): ServiceFacts | undefined {
  if (scope !== undefined)
    return catalog.bySigningName.get(scope.service) ?? catalog.byEndpointPrefix.get(scope.service);
  if (host.bucket !== '') return catalog.bySigningName.get('s3');
  const byHost = catalog.byEndpointPrefix.get(host.endpointPrefix);
  if (byHost !== undefined) return byHost;
  const id = /\bapi\/([a-z0-9_-]+)/i.exec(raw.headers['x-amz-user-agent'] ?? raw.headers['user-agent'] ?? '')?.[1];
  return id === undefined ? undefined : catalog.byUserAgentId.get(id.toLowerCase().replaceAll('-', '_'));
}

function knownService(catalog: Catalog, facts: ServiceFacts | undefined, claimed: string): ServicePlan {
  const service = facts && catalog.service(facts.service);
  if (service !== undefined) return service;
  const named = claimed === '' ? 'The request names no service' : `The service '${claimed}' is not known here`;
  throw new AwsError('NotImplemented', `${named}. Known are: ${catalog.names.join(', ')}.`, { status: 501 });
}

/** Reads the body, then finishes; whatever is thrown on the way is a refusal in the caller's protocol. */
function settle(spoken: Speech, { raw }: Arrival, finish: Finish): Outcome | Promise<Outcome> {
  if (!(raw.body instanceof Uint8Array)) return settleStream(spoken, raw, finish);
  try {
    return finish(raw);
  } catch (error) {
    return misrouted({ ...spoken, request: raw }, refusalOf(error));
  }
}

async function settleStream(spoken: Speech, raw: RawRequest, finish: Finish): Promise<Outcome> {
  let request = raw;
  try {
    request = { ...raw, body: await readBody(raw.body, spoken.protocol) };
    return await finish(request);
  } catch (error) {
    return misrouted({ ...spoken, request }, refusalOf(error));
  }
}

type Outcome = Routed | Misrouted;
type Finish = (request: RawRequest) => Outcome | Promise<Outcome>;

function misrouted(spoken: Speech & { readonly request: RawRequest }, refusal: AwsError): Misrouted {
  return { ...spoken, kind: 'misrouted', refusal };
}

function refusalOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  throw error;
}

function bodyText({ body }: RawRequest): string {
  if (!(body instanceof Uint8Array)) return '';
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.length);
  // Forms are percent-encoded: hardly one has a byte that is no ASCII.
  const text = bytes.toString('latin1');
  return beyondAscii.test(text) ? bytes.toString('utf8') : text;
}

const beyondAscii = /[\x80-\xff]/;

function parameter(form: Form, name: string): string {
  for (const [key, value] of form) if (key === name) return value;
  return '';
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
function missingAction(): AwsError {
  return new AwsError('MissingAction', 'The request is missing an action or a required parameter.', { status: 400 });
}

function invalidAction(service: ServicePlan, action: string, version: string): AwsError {
  const message =
    service.name === 'ec2'
      ? `The action ${action} is not valid for this web service.`
      : `Could not find operation ${action} for version ${version || 'NO_VERSION_SPECIFIED'}`;
  return new AwsError('InvalidAction', message, { status: 400 });
}

function unknownRoute(service: ServicePlan): AwsError {
  if (service.name !== 's3') return new AwsError('UnknownOperationException', '', { status: 404 });
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  const message = 'The specified method is not allowed against this resource.';
  return new AwsError('MethodNotAllowed', message, { status: 405 });
}
