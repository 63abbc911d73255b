import type { Authorization } from '../aws/authorization/requirement.ts';
import { AwsError } from '../aws/error.ts';
import { accountOf } from './caller.ts';
import { authenticate } from './chain/authenticate.ts';
import type { Connection, Exchange } from './chain/exchange.ts';
import { type Performing, perform } from './chain/perform.ts';
import type { Clock, Task } from './clock.ts';
import type { Invoke, Service } from './operation.ts';
import type { RawRequest, Rendered } from './wire/message.ts';
import { missingAuthentication } from './wire/sigv4/refusals.ts';
import type { SigningKeys } from './wire/sigv4/signing-key.ts';
import type { Routed } from './wire/wire.ts';

export interface Gateway {
  /** A request from a socket to an answer for it. Throws nothing that a client caused. */
  serve(raw: RawRequest, connection: Connection): Promise<Rendered>;
  /** In-process calls that this task covers. */
  invoke(task: Task): Invoke;
}

export interface GatewayParts extends Omit<Performing, 'invoke'> {
  readonly clock: Clock;
  readonly signingKeys: SigningKeys;
  /** A promise until it is loaded. */
  authorization(service: string): Authorization | Promise<Authorization>;
  /** Where outside clients reach the range, for links in what services send by themselves; '' while nobody can. */
  endpoint(): string;
  /** Wall time, for the signatures of outside clients. */
  wallNow(): number;
  /** Counts what somebody asked for and nobody built, for `yagura doctor` and the coverage page. */
  notBuilt(service: string, operation: string): void;
  /** Said loudly on the range's side. True: the world failed (a full disk), and the call may be tried again; else our bug. */
  crashed(error: unknown, service: string, operation: string): boolean;
}

/** route -> authenticate -> parse -> authorise -> validate -> handle -> record -> render. The only way in, for everybody. */
export function createGateway(parts: GatewayParts): Gateway {
  const invoke =
    (task: Task): Invoke =>
    (request) =>
      callFromInside(request, task, performing);
  const performing: Performing & GatewayParts = { ...parts, invoke };
  return { invoke, serve: (raw, connection) => serve(raw, connection, performing) };
}

async function serve(raw: RawRequest, connection: Connection, parts: Performing & GatewayParts): Promise<Rendered> {
  const { wire } = parts;
  const routing = wire.route(raw);
  const routed = routing instanceof Promise ? await routing : routing;
  const requestId = parts.ids.uuid('-');
  if (routed.kind === 'misrouted') return wire.renderError(routed, routed.refusal, requestId);
  const visit = connection.task === undefined ? await parts.clock.enter(routed.plan.callName) : undefined;
  const task = (connection.task ?? visit)!;
  try {
    const { service, definition } = built(routed.service, routed.operation, parts);
    const loading = parts.authorization(service.name);
    const authorization = loading instanceof Promise ? await loading : loading;
    const known = { service, definition, authorization, task, requestId };
    const exchange = admitted(routed, connection, known, parts);
    return wire.render(routed, await perform(exchange, parts), requestId);
  } catch (error) {
    if (error instanceof AwsError) return wire.renderError(routed, error, requestId);
    const again = parts.crashed(error, routed.service, routed.operation);
    return wire.renderError(routed, again ? unavailable() : failure(), requestId);
  } finally {
    visit?.release();
  }
}

/** Both of https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html; clients try the first again. */
function unavailable(): AwsError {
  const message = 'The request has failed due to a temporary failure of the server.';
  return new AwsError('ServiceUnavailable', message, { status: 503 });
}

function failure(): AwsError {
  const message = 'The request processing has failed because of an internal error of the range.';
  return new AwsError('InternalFailure', message, { status: 500 });
}

/** The call once its caller is established and its input is read. */
function admitted(
  routed: Routed,
  connection: Connection,
  known: Pick<Exchange, 'service' | 'definition' | 'authorization' | 'task' | 'requestId'>,
  parts: Performing & GatewayParts,
): Exchange {
  const { service, definition, authorization, task, requestId } = known;
  const time = parts.clock.now();
  const signature = connection.time === 'wall' ? parts.wallNow() : time;
  const { caller, signed } = authenticate(routed, parts.store, parts.signingKeys, { signature, virtual: time });
  if (signed === undefined && definition.anonymous === undefined && !anonymousAllowed(routed)) {
    throw missingAuthentication(routed);
  }
  const input = parts.wire.parse(routed, signed);
  const home = homeOf(service, routed.operation, input, accountOf(caller), signed?.region || routed.region, parts);
  return {
    service,
    operation: routed.operation,
    definition,
    authorization,
    input,
    caller,
    account: home.account,
    region: home.region,
    requestId,
    time,
    sourceIp: connection.sourceIp,
    userAgent: routed.request.headers['user-agent'] ?? '',
    endpoint: connection.endpoint,
    task,
    signature: signed && {
      version: 'AWS4-HMAC-SHA256',
      type: signed.where === 'query' ? 'QueryString' : 'AuthHeader',
      ageMs: signed.age,
    },
  };
}

async function callFromInside(
  request: Parameters<Invoke>[0],
  task: Task,
  parts: Performing & GatewayParts,
): Promise<Record<string, unknown>> {
  const { service, definition } = built(request.service, request.operation, parts);
  const home = homeOf(service, request.operation, request.input, request.account, request.region, parts);
  const exchange: Exchange = {
    service,
    operation: request.operation,
    definition,
    authorization: await parts.authorization(service.name),
    input: request.input,
    caller: request.as,
    ...home,
    requestId: parts.ids.uuid('-'),
    time: parts.clock.now(),
    sourceIp:
      request.sourceIp ?? (request.as.kind === 'service' ? request.as.service : (request.via ?? 'AWS Internal')),
    userAgent:
      request.userAgent ?? (request.as.kind === 'service' ? request.as.service : (request.via ?? 'AWS Internal')),
    endpoint: parts.endpoint(),
    task,
    ...(request.via === undefined ? {} : { via: request.via }),
    ...(request.once === undefined ? {} : { once: request.once }),
  };
  return perform(exchange, parts);
}

/** A known operation that is not built answers so and is counted: never a success that did not happen. */
function built(name: string, operation: string, parts: Performing & GatewayParts) {
  const service = parts.services.get(name);
  const definition = service?.operations[operation];
  if (service !== undefined && definition !== undefined) return { service, definition };
  parts.notBuilt(name, operation);
  throw new AwsError('NotImplemented', `${name}:${operation} is known but not built in this range yet.`, {
    status: 501,
  });
}

function homeOf(
  service: Service,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  account: string,
  region: string,
  parts: Performing,
): { readonly account: string; readonly region: string } {
  const home = service.home?.(input, parts.store, operation);
  return { account: home?.account ?? account, region: home?.region ?? service.globalRegion ?? region };
}

/** Calls that AWS takes unsigned: S3's anonymous ones, judged by policies and ACLs, and those the models mark. */
function anonymousAllowed(routed: Routed): boolean {
  return routed.service === 's3' || routed.plan.unsigned;
}
