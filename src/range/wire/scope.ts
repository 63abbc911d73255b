/** The credential scope that a request claims, read without verifying: the signature is checked later. */
export interface ClaimedScope {
  readonly region: string;
  readonly service: string;
}

const inHeader = /Credential=[^/,\s]*\/\d{8}\/([^/,\s]*)\/([^/,\s]*)\/aws4_request/;
const inQuery = /[?&]X-Amz-Credential=([^&]*)/;

export function claimedScope(authorization: string | undefined, target: string): ClaimedScope | undefined {
  if (authorization !== undefined) {
    const found = inHeader.exec(authorization);
    return found === null ? undefined : { region: found[1]!, service: found[2]! };
  }
  const found = inQuery.exec(target);
  if (found === null) return undefined;
  const [, , region, service] = found[1]!.replaceAll(/%2[fF]/g, '/').split('/');
  return region === undefined || service === undefined ? undefined : { region, service };
}
