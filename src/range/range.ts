import { levelOf } from '../aws/authorization/levels.ts';
import type { Authorization } from '../aws/authorization/requirement.ts';
import { type Enqueue, workScope } from './chain/commit.ts';
import type { Exchange } from './chain/exchange.ts';
import type { TrailFacts } from './chain/record.ts';
import type { Clock } from './clock.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import type { Feed } from './feed.ts';
import type { Functions } from './functions.ts';
import { createGateway, type Gateway, type GatewayParts } from './gateway.ts';
import type { Ids } from './ids.ts';
import type { Service } from './operation.ts';
import type { Blobs, Store, Tx } from './store/port.ts';
import { createSigningKeys } from './wire/sigv4/signing-key.ts';
import type { Wire } from './wire/wire.ts';

export interface RangeParts {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly functions: Functions;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly wire: Wire;
  readonly feed: Feed;
  readonly enqueue: Enqueue;
  readonly services: readonly Service[];
  authorization(service: string): Promise<Authorization>;
  /** Where outside clients reach the range; '' while nobody can. */
  endpoint(): string;
  wallNow(): number;
  crashed(error: unknown, service: string, operation: string): boolean;
}

export interface Range {
  readonly gateway: Gateway;
  readonly decisions: Decisions;
  /** A commit's view of one account and region, for work that no call began. */
  scope(tx: Tx, account: string, region: string): ReturnType<typeof workScope>;
  /** Operations that were asked for and are not built, with how often. */
  readonly notBuilt: ReadonlyMap<string, number>;
}

/** One local AWS: the gateway over the services, with what the wiring gives it. */
export function createRange(parts: RangeParts): Range {
  const decisions = createDecisions();
  const notBuilt = new Map<string, number>();
  const services = new Map(parts.services.map((service) => [service.name, service]));
  let seq = 0;
  const gateway = createGateway({
    ...parts,
    services,
    observers: parts.services.flatMap(({ observes }) => (observes === undefined ? [] : [observes])),
    authorization: keptAuthorizations(parts.authorization),
    signingKeys: createSigningKeys(),
    facts: keptFacts(parts.wire),
    nextSeq: () => seq++,
    remember: decisions.remember,
    notBuilt: (service, operation) => {
      const name = `${service}:${operation}`;
      notBuilt.set(name, (notBuilt.get(name) ?? 0) + 1);
    },
  });
  return {
    gateway,
    decisions,
    notBuilt,
    scope: (tx, account, region) => workScope(tx, account, region, parts, () => parts.clock.now()),
  };
}

/** Loaded once, whoever asks meanwhile; then nobody has to wait. */
function keptAuthorizations(load: RangeParts['authorization']): GatewayParts['authorization'] {
  const kept = new Map<string, Authorization | Promise<Authorization>>();
  return (service) => {
    const known = kept.get(service);
    if (known !== undefined) return known;
    const loading = load(service).then((loaded) => {
      kept.set(service, loaded);
      return loaded;
    });
    kept.set(service, loading);
    return loading;
  };
}

/** They follow from the name of an operation alone. */
function keptFacts(wire: Wire): (exchange: Exchange) => TrailFacts {
  const kept = new Map<Service, Map<string, TrailFacts>>();
  return (exchange) => {
    const known = kept.get(exchange.service)?.get(exchange.operation);
    if (known !== undefined) return known;
    const facts = trailFacts(exchange, wire);
    const ofService = kept.get(exchange.service) ?? new Map<string, TrailFacts>();
    kept.set(exchange.service, ofService.set(exchange.operation, facts));
    return facts;
  };
}

function trailFacts(exchange: Exchange, wire: Wire): TrailFacts {
  const service = exchange.service.name;
  const plan = wire.operation(service, exchange.operation);
  const { trail } = exchange.definition;
  const source = trail?.source ?? `${eventSources[service] ?? service}.amazonaws.com`;
  const level = levelOf(`${wire.service(service)?.signingName ?? service}:${exchange.operation}`);
  return {
    named: `"eventSource":${JSON.stringify(source)},"eventName":${JSON.stringify(trail?.name ?? exchange.operation)}`,
    readOnly:
      level === undefined
        ? /^(Get|List|Describe|Head|Lookup)/.test(exchange.operation)
        : level === 'Read' || level === 'List',
    input: plan?.input?.shape,
    output: plan?.output?.shape,
  };
}

/** Where the event source is not the signing name. */
const eventSources: Readonly<Record<string, string>> = { cloudwatch: 'monitoring' };
