import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAuthorization } from '../aws/authorization/load.ts';
import type { Detector } from '../detect/detector.ts';
import type { JsonObject } from '../model/json.ts';
import type { AdministratorKey } from '../range/bootstrap.ts';
import { createClock } from '../range/clock/token-clock.ts';
import type { Clock } from '../range/clock.ts';
import type { Feed } from '../range/feed.ts';
import type { Functions } from '../range/functions.ts';
import type { Gateway } from '../range/gateway.ts';
import { createIds, type Ids } from '../range/ids.ts';
import type { Account } from '../range/indexes.ts';
import type { Consumer, Service } from '../range/operation.ts';
import { createOutbox, type Outbox } from '../range/outbox.ts';
import { createRange, type Range } from '../range/range.ts';
import type { Machines } from '../range/services/ec2/machines.ts';
import { servicesOver } from '../range/services/index.ts';
import { memoryStore } from '../range/store/memory.ts';
import type { Blobs, Store } from '../range/store/port.ts';
import { createWire } from '../range/wire/create.ts';
import type { Wire } from '../range/wire/wire.ts';
import { wall } from './adapters/clock/wall.ts';
import { createFunctions } from './adapters/functions/runner.ts';
import { openDoor } from './adapters/http/door.ts';
import { serveGateway } from './adapters/http/gateway.ts';
import { fileBlobs, memoryBlobs } from './adapters/store/blobs.ts';
import { openLmdbStore } from './adapters/store/lmdb.ts';
import { readModel } from './adapters/wire/read-models.ts';
import { createDefence, type Defence, guardDutyPort } from './defence.ts';
import { asWorldError } from './errors.ts';
import { firstAccount, lastRecorded, startBoot } from './lives.ts';
import { createMachines, type RunningMachines } from './machines.ts';
import { outsideAddress } from './outside-address.ts';
import { storedBlobs } from './stored-blobs.ts';

export interface LocalOptions {
  /** Undefined: in memory. */
  readonly folder?: string;
  readonly sync?: boolean;
  /** How long a journal of the store gets; for tests that want short ones. */
  readonly journalBytesMax?: number;
  readonly seed: string;
  /** Where virtual time begins, epoch milliseconds; a lasting range goes on from what it stored, or from wall time. */
  readonly from: number;
  readonly account?: string;
  readonly vintage: Account['vintage'];
  /** Sees every flow record, as the defence does. */
  sees?(flow: JsonObject): void;
  /** What GuardDuty detects with; the standing pack unless told. */
  readonly pack?: readonly Detector[];
  /** Sees every CloudTrail record, data events too, as the defence does. */
  seesCall?(record: JsonObject): void;
  /** Hears every event that reaches a bus, at least once. */
  hears?(event: JsonObject): void;
  crashed(error: unknown, where: string): void;
}

export interface LocalRange extends Range {
  readonly store: Store;
  readonly clock: Clock;
  /** A range that goes on keeps the seed that it began with. */
  readonly seed: string;
  readonly ids: Ids;
  readonly account: string;
  readonly administrator: AdministratorKey;
  readonly machines: RunningMachines;
  /** Outside clients reach it at this URL from now on. */
  reachedAt(url: string): void;
  close(): Promise<void>;
}

/** One range in this process: state, clock, gateway, and the work that leaves its commits. No socket: `listen` opens those. */
export async function openRange(options: LocalOptions): Promise<LocalRange> {
  const ground = await openGround(options);
  const { store, blobs, ids, clock } = ground;
  // These stand on the range, and the range calls them: they come once it is there.
  const late: Partial<Furniture> = {};
  const wire = createWire(readModel);
  const services = servicesOver({ guardduty: guardDutyPort, machines: lateMachines(() => late.machines), wire });
  let endpoint = '';
  const feed: Feed = {
    record(account, region, stream, record) {
      if (stream === 'flow') options.sees?.(record);
      if (stream === 'cloudtrail') options.seesCall?.(record);
      late.defence?.record(account, region, stream, record);
    },
    readsCalls: (account, region, category) =>
      options.seesCall !== undefined || late.defence?.readsCalls?.(account, region, category) === true,
  };
  const functions = await openFunctions({
    folder: options.folder,
    clock,
    blobs,
    gateway: () => range.gateway,
    crashed: options.crashed,
  });
  const range = createRange({
    store,
    blobs,
    functions,
    clock,
    ids,
    wire,
    feed,
    enqueue: (tx, row) => late.outbox?.enqueue(tx, row),
    services,
    authorization: loadAuthorization,
    endpoint: () => endpoint,
    wallNow: () => wall.now(),
    crashed(error, service, operation) {
      options.crashed(error, `${service}:${operation}`);
      return asWorldError(error) !== undefined;
    },
  });
  Object.assign(late, furnish({ ...ground, options, services, wire, feed, functions, range }));
  const { account, administrator } = await firstAccount(store, ids, clock, options);
  const { outbox, defence, machines } = late as Furniture;
  defence.resume();
  machines.resume();
  outbox.start();
  return {
    ...range,
    store,
    clock,
    seed: ground.seed,
    ids,
    account,
    administrator,
    machines,
    reachedAt(url) {
      endpoint = url;
    },
    async close() {
      outbox.stop();
      machines.stop();
      clock.stop();
      await functions.stop();
      await store.close();
    },
  };
}

/** What everything else stands on: state, ids, time. */
async function openGround(options: LocalOptions) {
  const { folder, journalBytesMax } = options;
  const sync = options.sync === true;
  const journal = journalBytesMax === undefined ? {} : { journalBytesMax };
  const store = folder === undefined ? memoryStore() : openLmdbStore({ folder, sync, ...journal });
  const { boot, seed } = await startBoot(store, options.seed);
  const blobs = folder === undefined ? memoryBlobs() : await fileBlobs({ folder: join(folder, 'blobs'), boot, sync });
  // Nothing is on its way yet: what no row names is left over from an end that came before its commit.
  await blobs.sweep(storedBlobs(store));
  return {
    store,
    blobs,
    seed,
    ids: createIds(seed, boot),
    clock: createClock({ start: Math.max(options.from, lastRecorded(store)), seed, wall }),
  };
}

interface Furniture {
  readonly outbox: Outbox;
  readonly defence: Defence;
  readonly machines: RunningMachines;
}

/** What works on a range's commits and behind its services. */
function furnish(
  parts: Awaited<ReturnType<typeof openGround>> & {
    readonly options: LocalOptions;
    readonly services: readonly Service[];
    readonly wire: Wire;
    readonly feed: Feed;
    readonly functions: Functions;
    readonly range: Range;
  },
): Furniture {
  const { store, blobs, ids, clock, options, services, wire, feed, functions, range } = parts;
  const outbox = createOutbox({
    store,
    clock,
    wall,
    blobs,
    functions,
    consumers: services.flatMap((service) => service.consumers ?? []).map((consumer) => heard(consumer, options)),
    invoke: range.gateway.invoke,
    scope: (tx, account, region) => range.scope(tx, account, region),
    failed: (error) => options.crashed(error, 'outbox'),
  });
  const defence = createDefence({
    store,
    clock,
    pack: options.pack,
    globalSources: globalSourcesOf(services),
    scope: range.scope,
    failed: (error) => options.crashed(error, 'defence'),
  });
  const machines = createMachines({
    store,
    clock,
    ids,
    wire,
    feed,
    range,
    loopbackCaller: outsideAddress,
    failed: (error) => options.crashed(error, 'machines'),
  });
  return { outbox, defence, machines };
}

function globalSourcesOf(services: readonly Service[]): ReadonlySet<string> {
  return new Set(services.filter(({ globalRegion }) => globalRegion).map(({ name }) => `${name}.amazonaws.com`));
}

/** The hosts are made after the services that command them. */
function lateMachines(machines: () => RunningMachines | undefined): Machines {
  return {
    on: (machine) => machines()?.on(machine),
    off: (machine) => machines()?.off(machine),
    destroy: (machine) => machines()?.destroy(machine),
    consoleOutput: (machine) => machines()?.consoleOutput(machine) ?? '',
    hasAgent: (machine) => machines()?.hasAgent(machine) ?? false,
    run: (machine, work) => machines()?.run(machine, work) ?? false,
    kill: (machine, command) => machines()?.kill(machine, command),
  };
}

/** Functions in processes of their own, each with a door into this range. */
async function openFunctions(parts: {
  readonly folder: string | undefined;
  readonly clock: Clock;
  readonly blobs: Blobs;
  gateway(): Gateway;
  readonly crashed: LocalOptions['crashed'];
}): Promise<Functions> {
  const { folder, clock, blobs, crashed } = parts;
  return createFunctions({
    folder: folder === undefined ? await mkdtemp(join(tmpdir(), 'yagura-functions-')) : join(folder, 'functions'),
    clock,
    wall,
    blobs,
    env: process.env,
    openDoor: (identity) =>
      openDoor({
        identity,
        serve: serveGateway(parts.gateway(), clock),
        failed: (error) => crashed(error, 'door of a function'),
      }),
  });
}

/** The bus is heard where its events arrive. */
function heard(consumer: Consumer, by: Pick<LocalOptions, 'hears'>): Consumer {
  if (consumer.topic !== 'events.received') return consumer;
  return {
    ...consumer,
    async handle(payload, work) {
      by.hears?.((payload as { readonly event: JsonObject }).event);
      await consumer.handle(payload, work);
    },
  };
}
