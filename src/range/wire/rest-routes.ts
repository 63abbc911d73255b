import type { OperationPlan, ServicePlan } from './plan.ts';

export type QueryValues = ReadonlyMap<string, readonly string[]>;

export interface RestMatch {
  readonly plan: OperationPlan;
  readonly labels: Readonly<Record<string, string>>;
}

export interface RestRoutes {
  /** `path` as sent, still encoded. Undefined where no operation has such a method, path, query and headers. */
  match(
    method: string,
    path: string,
    query: QueryValues,
    headers: Readonly<Record<string, string>>,
  ): RestMatch | undefined;
}

interface Route {
  readonly plan: OperationPlan;
  /** A literal, or a label's name. */
  readonly segments: readonly ({ readonly literal: string } | { readonly label: string })[];
  readonly greedy: boolean;
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
}

/** Most particular first: that tells CopyObject and UploadPart from PutObject, whose paths are equal. */
export function restRoutes(service: ServicePlan): RestRoutes {
  const byMethod = new Map<string, Route[]>();
  for (const name of service.operationNames) {
    const route = routeOf(service.operation(name)!);
    const routes = byMethod.get(route.plan.method);
    if (routes === undefined) byMethod.set(route.plan.method, [route]);
    else routes.push(route);
  }
  for (const routes of byMethod.values()) routes.sort(byParticularity);
  const keepsSlashes = service.name === 's3';
  return {
    match(method, path, query, headers) {
      const parts = segmentsOf(path, keepsSlashes);
      for (const route of byMethod.get(method) ?? []) {
        if (!fits(route, parts, query, headers)) continue;
        return { plan: route.plan, labels: labelsOf(route, parts) };
      }
      return undefined;
    },
  };
}

function routeOf(plan: OperationPlan): Route {
  const [path = '', query = ''] = plan.uri.split('?');
  const names = path.split('/').filter((part) => part !== '');
  const required = plan.input?.shape.members.filter((member) => member.required) ?? [];
  return {
    plan,
    greedy: names.at(-1)?.endsWith('+}') === true,
    segments: names.map((name) =>
      name.startsWith('{') ? { label: name.slice(1, name.endsWith('+}') ? -2 : -1) } : { literal: name },
    ),
    query: query === '' ? [] : query.split('&').map((part) => part.split('=') as [string, string | undefined]),
    requiredQuery: required.filter(({ location }) => location === 'querystring').map(({ wireName }) => wireName),
    requiredHeaders: required.filter(({ location }) => location === 'header').map((one) => one.wireName.toLowerCase()),
  };
}

function byParticularity(left: Route, right: Route): number {
  return (
    literals(right) - literals(left) ||
    right.segments.length - left.segments.length ||
    Number(left.greedy) - Number(right.greedy) ||
    right.query.length - left.query.length ||
    right.requiredQuery.length +
      right.requiredHeaders.length -
      left.requiredQuery.length -
      left.requiredHeaders.length ||
    Number(left.plan.deprecated) - Number(right.plan.deprecated) ||
    (left.plan.name < right.plan.name ? -1 : 1)
  );
}

function literals(route: Route): number {
  return route.segments.filter((segment) => 'literal' in segment).length;
}

/** Other services ignore a last slash; to S3 every slash of a key counts. */
function segmentsOf(path: string, keepsSlashes: boolean): string[] {
  const parts = path.split('/');
  parts.shift();
  if (keepsSlashes) {
    if (parts.at(-1) === '' && parts.length <= 2) parts.pop();
    return parts;
  }
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function fits(
  { segments, greedy, query: literal, requiredQuery, requiredHeaders }: Route,
  parts: readonly string[],
  query: QueryValues,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return false;
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!;
    if ('literal' in segment && segment.literal !== parts[at]) return false;
  }
  for (const [name, value] of literal) {
    const given = query.get(name);
    if (given === undefined || (value !== undefined && value !== '' && given[0] !== value)) return false;
  }
  for (const name of requiredQuery) if (!query.has(name)) return false;
  for (const name of requiredHeaders) if (headers[name] === undefined) return false;
  return true;
}

function labelsOf({ segments, greedy }: Route, parts: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  segments.forEach((segment, at) => {
    if (!('label' in segment)) return;
    const raw = greedy && at === segments.length - 1 ? parts.slice(at).join('/') : parts[at]!;
    labels[segment.label] = decodeLabel(raw);
  });
  return labels;
}

function decodeLabel(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
