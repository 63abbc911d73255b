import type { Catalog, ServiceFacts } from './catalog.ts';
import type { RawRequest } from './message.ts';

/**
 * The service of a REST call that nobody signed and whose Host says nothing. It is S3, which alone takes such calls,
 * unless S3 has none like it: then it is the JSON service that has, and the caller hears that a signature is missing.
 */
export function unsignedRest(
  catalog: Catalog,
  { raw, path }: { readonly raw: RawRequest; readonly path: string },
): ServiceFacts | undefined {
  const [, first = ''] = path.split('/');
  if (isNoBucket.test(first) || isJsonPost(raw)) {
    for (const facts of catalog.bySigningName.values()) {
      if (!facts.protocols.includes('rest-json')) continue;
      const service = catalog.service(facts.service);
      if (service && catalog.routes(service).match(raw.method, path, noQuery, raw.headers)) return facts;
    }
  }
  return catalog.bySigningName.get('s3');
}

/** Lambda's paths begin with a date, GuardDuty's with this word: no bucket of such a name is read unsigned. */
const isNoBucket = /^(\d{4}-\d{2}-\d{2}|detector)$/;

/** What S3 takes by POST are XML and forms. */
function isJsonPost({ method, headers }: RawRequest): boolean {
  return method === 'POST' && headers['content-type']?.startsWith('application/json') === true;
}

const noQuery = new Map<string, readonly string[]>();
