import { AwsError } from '../aws/error.ts';
import type { Caller } from '../range/caller.ts';
import type { Task } from '../range/clock.ts';
import type { AwsCredentials, AwsDoor, HttpAnswer, Waiting } from '../range/hosts/ports.ts';
import { waitUntil } from '../range/hosts/wait.ts';
import { accessKeys } from '../range/indexes.ts';
import { endpointAddress } from '../range/network/endpoints.ts';
import type { Reader } from '../range/store/port.ts';
import type { Rendered } from '../range/wire/message.ts';
import { awsService, type MachinesParts } from './machines.ts';

/** The hosts' way to AWS: into the gateway without a socket, from the address that the network decided. */
export function createAwsDoor({
  store,
  clock,
  wire,
  range,
}: Pick<MachinesParts, 'store' | 'clock' | 'wire' | 'range'>): AwsDoor {
  return {
    address: endpointAddress,
    describe: (service) => wire.service(service),
    async call({ service, operation, region, input, credentials, sourceIp, userAgent, waiting }) {
      const as = callerOf(store, credentials, clock.now());
      const account = 'account' in as ? as.account : '';
      const request = { as, account, region, service, operation, input, sourceIp, userAgent };
      return apart(`${service}:${operation}`, waiting, (task) => range.gateway.invoke(task)(request));
    },
    fetch({ method, url, headers, body, sourceIp, waiting }) {
      const { host, pathname, search, protocol } = new URL(url);
      if (awsService(host) === undefined) return undefined;
      const raw = {
        method,
        target: `${pathname}${search}`,
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
          host,
        },
        body: body ?? new Uint8Array(),
      };
      const endpoint = `${protocol}//${host}`;
      return apart(`${method} ${host}`, waiting, async (task): Promise<HttpAnswer> => {
        const rendered = await range.gateway.serve(raw, { sourceIp, time: 'virtual', endpoint, task });
        return { status: rendered.status, headers: rendered.headers, body: await wholeOf(rendered.body) };
      });
    },
  };

  /** The call is a task of its own, as behind a socket: it may wait for virtual time, and outlives a caller who is killed. */
  async function apart<T>(why: string, waiting: Waiting, body: (task: Task) => Promise<T>): Promise<T> {
    const answer = clock.spawn(`${why} of ${waiting.task.why}`, body);
    answer.catch(() => undefined);
    await waitUntil(answer, waiting);
    if (waiting.signal?.aborted) throw new Error('killed');
    return answer;
  }
}

async function wholeOf(body: Rendered['body']): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

/** Keys on a host stand for a signature: whoever has the secret could have signed. */
function callerOf(reader: Reader, credentials: AwsCredentials | undefined, now: number): Caller {
  if (credentials === undefined) return { kind: 'anonymous' };
  const key = accessKeys.get(reader, credentials.accessKeyId);
  if (key === undefined || !key.active || (key.token ?? '') !== (credentials.sessionToken ?? '')) {
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', {
      status: 403,
    });
  }
  if (key.secret !== credentials.secretAccessKey) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      { status: 403 },
    );
  }
  if (key.caller.session !== undefined && key.caller.session.expiresAt <= now) {
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired', { status: 403 });
  }
  return key.caller;
}
