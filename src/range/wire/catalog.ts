import { compileService } from './compile.ts';
import type { ReadModel, ServiceModel } from './model.ts';
import type { ServicePlan } from './plan.ts';
import { type RestRoutes, restRoutes } from './rest-routes.ts';

/** What routing knows of a service before its model is read. */
export interface ServiceFacts {
  readonly service: string;
  readonly serviceId: string;
  readonly signingName: string;
  readonly endpointPrefix: string;
  readonly apiVersion: string;
  readonly protocols: readonly string[];
  readonly targetPrefix?: string;
}

/** The services known, each read and compiled at its first call. */
export interface Catalog {
  readonly names: readonly string[];
  service(name: string): ServicePlan | undefined;
  routes(service: ServicePlan): RestRoutes;
  readonly bySigningName: ReadonlyMap<string, ServiceFacts>;
  readonly byTargetPrefix: ReadonlyMap<string, ServiceFacts>;
  readonly byEndpointPrefix: ReadonlyMap<string, ServiceFacts>;
  readonly byUserAgentId: ReadonlyMap<string, ServiceFacts>;
  readonly byApiVersion: ReadonlyMap<string, readonly ServiceFacts[]>;
}

/** CloudTrail's prefix is long in one client and short in another: `com.amazonaws. ... .CloudTrail_20131101`. */
export function lastPart(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf('.') + 1);
}

export function createCatalog(readModel: ReadModel): Catalog {
  const index = readModel('index');
  if (index === undefined) throw new Error('The wire models have no index.json: run `npm run wire:generate`');
  const { services } = JSON.parse(index) as { services: ServiceFacts[] };
  const plans = new Map<string, ServicePlan>();
  const routes = new Map<string, RestRoutes>();
  const byApiVersion = new Map<string, ServiceFacts[]>();
  for (const facts of services)
    byApiVersion.set(facts.apiVersion, [...(byApiVersion.get(facts.apiVersion) ?? []), facts]);
  const names = services.map(({ service }) => service);
  const known = new Set(names);
  return {
    names,
    bySigningName: new Map(services.map((facts) => [facts.signingName, facts])),
    byTargetPrefix: new Map(
      services.flatMap((facts) => (facts.targetPrefix ? [[lastPart(facts.targetPrefix), facts]] : [])),
    ),
    byEndpointPrefix: new Map(services.map((facts) => [facts.endpointPrefix, facts])),
    byUserAgentId: new Map(services.map((facts) => [facts.serviceId.toLowerCase().replaceAll(' ', '_'), facts])),
    byApiVersion,
    service(name) {
      if (!known.has(name)) return undefined;
      let plan = plans.get(name);
      if (plan === undefined) {
        const text = readModel(name);
        if (text === undefined) throw new Error(`The wire model of ${name} is missing: run \`npm run wire:generate\``);
        plan = compileService(JSON.parse(text) as ServiceModel);
        plans.set(name, plan);
      }
      return plan;
    },
    routes(service) {
      let made = routes.get(service.name);
      if (made === undefined) {
        made = restRoutes(service);
        routes.set(service.name, made);
      }
      return made;
    },
  };
}
