import { createRequire, syncBuiltinESMExports } from 'node:module';

// What speaks to AWS's own names, such as CloudFormation's response URLs, reaches the range, and never AWS.

const require = createRequire(import.meta.url);
const door = new URL(process.env.AWS_ENDPOINT_URL);
const isAws = (host) => /(^|\.)amazonaws\.com(\.cn)?$/.test(String(host).replace(/:\d+$/, ''));
const { urlToHttpOptions } = require('node:url');
const [http, https] = [require('node:http'), require('node:https')];
const plainRequest = http.request;

const throughDoor =
  (request) =>
  (first, ...rest) => {
    const isUrl = typeof first === 'string' || first instanceof URL;
    const more = isUrl && typeof rest[0] !== 'function' ? rest[0] : undefined;
    const {
      agent,
      host,
      hostname = host,
      port,
      protocol,
      defaultPort,
      ...options
    } = isUrl ? { ...urlToHttpOptions(new URL(first)), ...more } : first;
    if (!isAws(hostname)) return request(first, ...rest);
    const headers = Object.entries(options.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host');
    const to = {
      hostname: door.hostname,
      port: door.port,
      headers: { ...Object.fromEntries(headers), host: hostname },
    };
    return plainRequest({ ...options, ...to }, typeof rest.at(-1) === 'function' ? rest.at(-1) : undefined);
  };
for (const module of [http, https]) {
  module.request = throughDoor(module.request);
  module.get = (...parts) => {
    const request = module.request(...parts);
    request.end();
    return request;
  };
}
syncBuiltinESMExports();
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const asked = new Request(input, init);
  const { host, hostname, pathname, search } = new URL(asked.url);
  if (!isAws(hostname)) return fetch(asked);
  // Its own `fetch` would not send the host's name that the URL was signed for.
  const body = Buffer.from(await asked.arrayBuffer());
  const headers = { ...Object.fromEntries(asked.headers), host };
  const to = { hostname: door.hostname, port: door.port, path: pathname + search };
  return new Promise((resolve, reject) => {
    const request = plainRequest({ ...to, headers, method: asked.method, signal: asked.signal }, async (answer) => {
      const { statusCode: status, statusMessage: statusText } = answer;
      const content = Buffer.concat(await answer.toArray());
      resolve(new Response(content.length === 0 ? null : content, { status, statusText, headers: answer.headers }));
    });
    request.on('error', reject);
    request.end(body.length === 0 ? undefined : body);
  });
};
