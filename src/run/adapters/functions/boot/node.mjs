// Runs inside the function's process: takes invocations from the runner on descriptor 3, a JSON object a line.
// Time here is virtual: it stands while the function works, and passes only while it waits.
import { channel } from 'node:diagnostics_channel';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { formatWithOptions } from 'node:util';

const real = { setImmediate, setTimeout, Date };
const pipe = new Socket({ fd: 3 });
const say = (message) => pipe.write(`${JSON.stringify(message)}\n`);
const folder = process.env.LAMBDA_TASK_ROOT;
let now = Number(process.env.YAGURA_NOW);
let requestId = '';
let running = false;

// Stack traces name the place that the code has on Lambda, not this machine's temporary folder.
const onLambda = (text) => String(text).replaceAll(`file://${folder}`, '/var/task').replaceAll(folder, '/var/task');

// --- Virtual time -----------------------------------------------------------------------------------------------------

class VirtualDate extends real.Date {
  constructor(...parts) {
    if (parts.length === 0) super(now);
    else super(...parts);
  }
  static now() {
    return now;
  }
}
globalThis.Date = new Proxy(VirtualDate, { apply: () => new VirtualDate().toString() });
VirtualDate.prototype.constructor = globalThis.Date;

const timers = new Set();
let order = 0;

class VirtualTimer {
  #refed = true;
  constructor(run, ms, every) {
    this.run = run;
    // As Node's own: what is no number from 1 up is 1.
    this.ms = ms >= 1 && ms <= 2 ** 31 - 1 ? Math.trunc(ms) : 1;
    this.every = every;
    this.id = ++order;
    this.refresh();
  }
  refresh() {
    this.at = now + this.ms;
    this.seq = ++order;
    timers.add(this);
    watch();
    return this;
  }
  close() {
    timers.delete(this);
    return this;
  }
  ref() {
    this.#refed = true;
    return this;
  }
  unref() {
    this.#refed = false;
    return this;
  }
  hasRef() {
    return this.#refed;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
}

const start =
  (every) =>
  (run, ms, ...args) => {
    if (typeof run !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    return new VirtualTimer(() => run(...args), ms, every);
  };
const clear = (timer) => {
  if (timer instanceof VirtualTimer) timer.close();
  else for (const other of timers) if (other.id === Number(timer)) other.close();
};
const wait = (ms, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = start(false)(() => resolve(value), ms);
    signal?.addEventListener('abort', () => {
      timer.close();
      reject(signal.reason);
    });
  });
const virtual = { setTimeout: start(false), setInterval: start(true), clearTimeout: clear, clearInterval: clear };
Object.defineProperty(virtual.setTimeout, Symbol.for('nodejs.util.promisify.custom'), { value: wait });
Object.assign(globalThis, virtual);
const require = createRequire(import.meta.url);
Object.assign(require('node:timers'), virtual);
Object.assign(require('node:timers/promises'), { setTimeout: wait });
syncBuiltinESMExports();
AbortSignal.timeout = (ms) => {
  const controller = new AbortController();
  virtual.setTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms);
  return controller.signal;
};

function fireDue() {
  const due = [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.seq - b.seq);
  for (const timer of due) {
    if (!timers.delete(timer)) continue;
    if (timer.every) timer.refresh();
    timer.run();
  }
}

// --- Idleness: the runner may let time pass when this process waits for timers and answers only ---------------------------

let pending = 0;
let watching = false;
let asked = false;
// The handler gave no promise: until it says that it is done, the run lasts as long as there is something to do.
let lasts = false;
let told = '';
const ended = () => {
  pending--;
  watch();
};
channel('http.client.request.start').subscribe(({ request }) => {
  pending++;
  request.once('close', ended);
  watch();
});
const fetches = new WeakSet();
const fetched = ({ request }) => {
  if (fetches.delete(request)) ended();
};
channel('undici:request:create').subscribe(({ request }) => {
  pending++;
  fetches.add(request);
  watch();
});
channel('undici:request:trailers').subscribe(fetched);
channel('undici:request:error').subscribe(fetched);

/** Sockets and the like wait for others; everything else (files, names, compression) is work of this process. */
const waits = new Set(['TCPSocketWrap', 'TLSWrap', 'PipeWrap', 'TTYWrap', 'TCPServerWrap', 'Timeout', 'MessagePort']);
const isBusy = () => process.getActiveResourcesInfo().some((kind) => !waits.has(kind));

/** Looks, once the microtasks and two turns of the event loop are through, whether anything is left to do. */
function watch() {
  told = '';
  if (watching || !running || (timers.size === 0 && !asked && !lasts)) return;
  watching = true;
  let quiet = 0;
  const look = () => {
    if (!running) {
      watching = false;
    } else if (isBusy()) {
      quiet = 0;
      real.setTimeout(() => real.setImmediate(look), 1);
    } else if (++quiet < 3) {
      real.setImmediate(look);
    } else {
      watching = false;
      tellIdle();
    }
  };
  real.setImmediate(look);
}

function tellIdle() {
  if (lasts && timers.size === 0 && pending === 0) return succeed(null);
  let until;
  for (const { at } of timers) if (until === undefined || at < until) until = at;
  const idle = JSON.stringify({ idle: { strands: pending, until } });
  if (idle === told) return;
  told = idle;
  pipe.write(`${idle}\n`);
}

// --- AWS's own names: what speaks to them (CloudFormation's response URLs) reaches the range, and never AWS ------------------

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

// --- Console ----------------------------------------------------------------------------------------------------------

const levels = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...parts) => log(level, onLambda(formatWithOptions({ colors: false }, ...parts)));
}
// By the same pipe as everything else, so that the order holds.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, done) => {
    const text = onLambda(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    for (const line of text.replace(/\n$/, '').split('\n')) say({ log: line });
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}
function log(level, text) {
  say({ log: `${new real.Date(now).toISOString()}\t${requestId}\t${level}\t${text}` });
}

// --- The handler ------------------------------------------------------------------------------------------------------

function described(error) {
  if (!(error instanceof Error)) {
    return {
      errorType: typeof error,
      errorMessage: typeof error === 'string' ? error : JSON.stringify(error),
      trace: [],
    };
  }
  const trace = onLambda(error.stack ?? '').split('\n');
  return { errorType: error.name, errorMessage: onLambda(error.message), trace };
}

function fail(error, kind = 'Invoke Error') {
  log('ERROR', `${kind} \t${JSON.stringify({ ...error, stack: error.trace, trace: undefined })}`);
  answer({ error });
}

function answer(message) {
  if (!running) return;
  running = false;
  say(message);
}

process.on('uncaughtException', (error) => fail(described(error), 'Uncaught Exception'));
process.on('unhandledRejection', (reason) => {
  const { errorMessage, trace } = described(reason);
  const error = {
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: `${reason instanceof Error ? `${reason.name}: ` : ''}${errorMessage}`,
    trace: ['Runtime.UnhandledPromiseRejection', ...trace],
  };
  fail(error, 'Unhandled Promise Rejection');
});

async function load() {
  const { existsSync } = await import('node:fs');
  const { file, path } = splitHandler(process.env._HANDLER);
  const found = ['', '.js', '.mjs', '.cjs'].map((end) => `${folder}/${file}${end}`).find((name) => existsSync(name));
  if (!found || found === `${folder}/${file}`) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  }
  let module;
  try {
    module = await import(`file://${found}`);
  } catch (error) {
    const type = error instanceof SyntaxError ? 'Runtime.UserCodeSyntaxError' : 'Runtime.ImportModuleError';
    throw runtimeError(type, `${error.name}: ${error.message}`, error.stack);
  }
  const member = (from) => path.reduce((at, name) => at?.[name], from);
  const handler = member(module) ?? member(module.default);
  if (handler === undefined) {
    throw runtimeError('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${process.env._HANDLER} is not a function`);
  }
  return handler;
}

/** `folder/app.run` is the member `run` of the file `folder/app`. */
function splitHandler(text) {
  const slash = text.lastIndexOf('/') + 1;
  const dot = text.indexOf('.', slash);
  return dot < 0 ? { file: text, path: [] } : { file: text.slice(0, dot), path: text.slice(dot + 1).split('.') };
}

function runtimeError(type, message, stack = '') {
  const error = new Error(message);
  error.name = type;
  error.stack = stack || `${type}: ${message}`;
  return error;
}

let handler;

async function invoke({ payload, id, context, deadline }) {
  requestId = id;
  running = true;
  asked = false;
  lasts = false;
  told = '';
  try {
    handler ??= await load();
  } catch (error) {
    return fail(described(error), 'Uncaught Exception');
  }
  const done = (error, result) => (error ? fail(described(error)) : succeed(result));
  const full = {
    ...context,
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - now),
    done,
    fail: (error) => done(error ?? new Error('failed')),
    succeed: (result) => done(null, result),
  };
  try {
    const result = handler(JSON.parse(payload), full, done);
    if (typeof result?.then === 'function') succeed(await result);
    else lasts = true;
    watch();
  } catch (error) {
    fail(described(error));
  }
}

function succeed(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch (error) {
    return fail(described(runtimeError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`)));
  }
  answer({ result: text ?? 'null' });
}

let rest = '';
pipe.setEncoding('utf8');
pipe.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});
// Without its runner a function has nobody to work for.
pipe.on('close', () => process.exit(0));

function take(message) {
  if (message.now !== undefined) now = message.now;
  if (message.woke !== undefined) {
    say({ ack: message.woke });
    fireDue();
  }
  if (message.ask) asked = true;
  if (message.invoke) void invoke(message.invoke);
  else watch();
}

say({ ready: `Node.js ${process.version}` });
