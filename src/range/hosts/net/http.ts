import { ipv4Bits, isIpv6 } from '../../../aws/network/cidr.ts';
import { hostLimits } from '../limits.ts';
import type { HttpAnswer, HttpRequest } from '../ports.ts';
import type { Seat } from '../seat.ts';
import { metadataAnswer } from './imds.ts';
import { converse } from './reach.ts';

export type Fetched =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'no-name'; readonly host: string }
  | { readonly kind: 'refused' | 'timeout'; readonly host: string; readonly port: number }
  | { readonly kind: 'bad-url' };

/** One HTTP request from a host: name look-up, connection, answer. A packet that the network drops is a time-out. */
export async function fetchFrom(seat: Seat, request: HttpRequest, timeoutMs?: number): Promise<Fetched> {
  const url = readUrl(request.url);
  if (url === undefined) return { kind: 'bad-url' };
  const { net, aws } = seat.host.ports;
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const address = ipv4Bits(name) >= 0 || isIpv6(name) ? name : name === 'localhost' ? '127.0.0.1' : net.resolve(name);
  if (address === undefined) return { kind: 'no-name', host: name };
  if (address.startsWith('127.')) return { kind: 'refused', host: name, port };
  const bytes = 500 + (request.body?.length ?? 0);
  const { there, open } = converse(
    seat.host,
    seat.task,
    { address, port },
    { packets: 6, bytes, answerPackets: 6, answerBytes: 2000 },
  );
  if (!open) {
    await seat.task.sleep(timeoutMs ?? hostLimits.connectTimeoutMs, seat.job.abort.signal);
    return { kind: 'timeout', host: name, port };
  }
  if (there.fate === 'metadata') {
    if (port !== 80) return { kind: 'refused', host: name, port };
    return { kind: 'answer', answer: metadataAnswer(seat.host, request, () => seat.task.random()) };
  }
  const waiting = { task: seat.task, signal: seat.job.abort.signal };
  const fromAws = await aws.fetch({ ...request, sourceIp: there.src, waiting });
  if (fromAws !== undefined) return { kind: 'answer', answer: fromAws };
  const page = pageOf(seat, address, port, url.pathname);
  return page === undefined ? { kind: 'refused', host: name, port } : { kind: 'answer', answer: page };
}

function readUrl(text: string): URL | undefined {
  try {
    return new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  } catch {
    // What is no URL is told as such by whoever asked for it.
    return undefined;
  }
}

/** What a machine of the outside world serves, or another host's web server. */
function pageOf(seat: Seat, address: string, port: number, path: string): HttpAnswer | undefined {
  const { net } = seat.host.ports;
  const host = net.outside.byAddress(address);
  if (host === undefined || !host.ports.includes(port)) return undefined;
  const text = host.pages?.[path];
  const headers = { 'content-type': 'text/html' };
  return text === undefined
    ? { status: 404, reason: 'Not Found', headers, body: Buffer.from('Not Found\n') }
    : { status: 200, reason: 'OK', headers, body: Buffer.from(text) };
}
