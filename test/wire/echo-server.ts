import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../../src/aws/error.ts';
import { createWire } from '../../src/range/wire/create.ts';
import type { Rendered } from '../../src/range/wire/message.ts';
import { createSigningKeys } from '../../src/range/wire/sigv4/signing-key.ts';
import { type Secret, type Verification, verify } from '../../src/range/wire/sigv4/verify.ts';
import type { Input, Routed } from '../../src/range/wire/wire.ts';
import { readModel } from '../../src/run/adapters/wire/read-models.ts';

export type Answer = (input: Input, routed: Routed) => Input | Promise<Input>;

/** The wire on a socket: each call is authenticated, parsed, checked, remembered and answered by `answers['sts.GetCallerIdentity']`, else by {}. */
export async function echoServer(
  answers: Readonly<Record<string, Answer>> = {},
  secrets: Readonly<Record<string, Secret>> = { AKIAEXAMPLE: { secret: 'secret' } },
) {
  const wire = createWire(readModel);
  const keys = createSigningKeys();
  const seen: { call: string; protocol: string; input: Input; signed: Verification }[] = [];
  const server = createServer(async (request, response) => {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
    const raw = { method: request.method!, target: request.url!, headers, body: request };
    const routed = await wire.route(raw);
    const answer = async (): Promise<Rendered> => {
      if (routed.kind === 'misrouted') return wire.renderError(routed, routed.refusal, 'REQUEST');
      try {
        const authority = { keys, lookup: (id: string) => secrets[id], now: Date.now() };
        const signed = verify(routed, authority);
        if (signed.kind === 'refused') throw signed.refusal;
        const input = wire.parse(routed, signed.kind === 'signed' ? signed.signed : undefined);
        wire.check(routed.plan, input);
        const call = `${routed.service}.${routed.operation}`;
        seen.push({ call, protocol: routed.protocol, input, signed });
        return wire.render(routed, (await answers[call]?.(input, routed)) ?? {}, 'REQUEST');
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return wire.renderError(routed, error, 'REQUEST');
      }
    };
    const { status, headers: more, body } = await answer();
    response.writeHead(status, more);
    if (typeof body === 'string' || body instanceof Uint8Array) response.end(body);
    else {
      for await (const part of body) response.write(part);
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    seen,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
