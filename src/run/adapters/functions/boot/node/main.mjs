// Runs inside the function's process: takes invocations from the runner, and gives answers.
import { begin, run, watch } from './idleness.mjs';
import { onLambda, pipe, say } from './pipe.mjs';
import { clock, fireDue } from './virtual-time.mjs';
import './aws-names.mjs';
import { log, request } from './console.mjs';

const folder = process.env.LAMBDA_TASK_ROOT;
run.over = () => succeed(null);

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
  if (!run.going) return;
  run.going = false;
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
  request.id = id;
  begin();
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
    getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now),
    done,
    fail: (error) => done(error ?? new Error('failed')),
    succeed: (result) => done(null, result),
  };
  try {
    const result = handler(JSON.parse(payload), full, done);
    if (typeof result?.then === 'function') succeed(await result);
    else run.lasts = true;
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
  if (message.now !== undefined) clock.now = message.now;
  if (message.woke !== undefined) {
    say({ ack: message.woke });
    fireDue();
  }
  if (message.ask) run.asked = true;
  if (message.invoke) void invoke(message.invoke);
  else watch();
}

say({ ready: `Node.js ${process.version}` });
