/** What the Host header says: `bkt.s3.us-west-2.amazonaws.com`, `sqs.eu-west-1.amazonaws.com`, `bkt.localhost:4566`. */
export interface HostFacts {
  readonly endpointPrefix: string;
  readonly region: string;
  /** Of virtual-hosted S3. */
  readonly bucket: string;
}

const nothing: HostFacts = { endpointPrefix: '', region: '', bucket: '' };
const aws =
  /^(?:(?<bucket>.+?)\.)?(?<prefix>[a-z0-9-]+?)(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;
const local = /^(?:(?<bucket>.+?)\.)?(?:s3\.)?(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?localhost(?:\.[a-z.]+)?$/;
const address = /^\d+\.\d+\.\d+\.\d+$|^\[/;

export function readHost(host: string | undefined): HostFacts {
  if (host === undefined) return nothing;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (name === 'localhost' || address.test(name)) return nothing;
  const onAws = aws.exec(name)?.groups;
  if (onAws !== undefined) {
    const endpointPrefix = onAws['prefix'] ?? '';
    return {
      endpointPrefix,
      region: onAws['region'] ?? '',
      bucket: endpointPrefix === 's3' ? (onAws['bucket'] ?? '') : '',
    };
  }
  const here = local.exec(name)?.groups;
  const bucket = here?.['bucket'] ?? '';
  return { endpointPrefix: '', region: '', bucket: bucket === 's3' ? '' : bucket };
}
