import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionRange, openFunctionRange, start } from './range-of-functions.ts';

type Files = Readonly<Record<string, string>>;

let range: FunctionRange;
beforeAll(async () => {
  range = await openFunctionRange(async (request, body, task, clock) => {
    if (request.url === '/poll') await task.sleep(20_000);
    return JSON.stringify({ url: request.url, body, now: clock.now() - start });
  }, 1_500);
});
afterAll(() => range.close());

const cjs = (body: string): Files => ({ 'index.js': `exports.handler = async (event, context) => { ${body} };` });
const ran = async (files: Files, more = {}, payload: unknown = {}) => {
  const outcome = await range.run(await range.version(files, more), payload);
  return { ...outcome, answer: JSON.parse(outcome.payload), text: outcome.log.map((line) => line.message).join('') };
};

describe('a handler', () => {
  const answers: readonly (readonly [name: string, files: Files, more?: object])[] = [
    ['with a promise', { 'index.js': 'exports.handler = async (event) => event.n + 1' }],
    [
      'with a callback',
      { 'index.js': 'exports.handler = (event, _, done) => setTimeout(() => done(null, event.n + 1), 9)' },
    ],
    ['as a module', { 'index.mjs': 'export const handler = async (event) => event.n + 1' }],
    [
      'as a module by its package.json',
      { 'index.js': 'export const handler = async (event) => event.n + 1', 'package.json': '{"type":"module"}' },
    ],
    [
      'in a folder, of another name',
      { 'src/app.cjs': 'exports.a = { run: async (event) => event.n + 1 }' },
      { handler: 'src/app.a.run' },
    ],
    [
      'that requires a file beside it',
      {
        'index.js': 'exports.handler = require("./other")',
        'other.js': 'module.exports = async (event) => event.n + 1',
      },
    ],
  ];
  for (const [name, files, more] of answers) {
    it(`${name} answers`, async () => {
      expect(await ran(files, more, { n: 1 })).toMatchObject({ answer: 2, error: undefined });
    });
  }

  const failures: readonly (readonly [name: string, files: Files, answer: object, more?: object])[] = [
    [
      'throws',
      cjs('throw new TypeError("boom")'),
      {
        errorType: 'TypeError',
        errorMessage: 'boom',
        trace: expect.arrayContaining([expect.stringContaining('/var/task/index.js')]),
      },
    ],
    [
      'rejects elsewhere',
      cjs('Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 50))'),
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    ],
    [
      'is not there',
      { 'index.js': '' },
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
    [
      'has no file',
      { 'other.js': '' },
      { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'index'" },
    ],
    ['has a syntax error', { 'index.js': 'exports.handler = (' }, { errorType: 'Runtime.UserCodeSyntaxError' }],
    [
      'exits',
      cjs('process.exit(3)'),
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    ],
    [
      'takes too much memory in buffers',
      cjs('const all = []; for (;;) { all.push(Buffer.alloc(1e7, 1)); await new Promise(setImmediate) }'),
      { errorType: 'Runtime.OutOfMemory' },
    ],
    [
      'waits longer than its limit',
      cjs('await new Promise((r) => setTimeout(r, 5000))'),
      { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 3.00 seconds') },
      { timeoutS: 3 },
    ],
    ['never ends', cjs('for (;;);'), { errorType: 'Sandbox.Timedout' }, { timeoutS: 1 }],
  ];
  for (const [name, files, answer, more] of failures) {
    it(`that ${name} is an error`, async () => {
      const outcome = await ran(files, more);
      expect(outcome).toMatchObject({ answer, error: 'Unhandled' });
      expect(outcome.text).toMatch(/^START [\s\S]*END RequestId: request-\d+\nREPORT /);
      // The next run gets a process that works.
      expect(await ran(cjs('return 1'))).toMatchObject({ answer: 1 });
    });
  }
});

it('writes its log as Lambda does', async () => {
  const { text } = await ran(
    cjs('console.log("one %d", 1); console.error(new Error("x").message); process.stdout.write("raw\\n");'),
  );
  expect(text.replace(/request-\d+/g, 'ID').split('\n')).toEqual([
    `START RequestId: ID Version: $LATEST Runtime: Node.js ${process.version}`,
    expect.stringMatching(/^2026-01-05T00:0.*Z\tID\tINFO\tone 1$/),
    expect.stringMatching(/\tID\tERROR\tx$/),
    'raw',
    'END RequestId: ID',
    'REPORT RequestId: ID\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB',
    '',
  ]);
});

it('gets its own environment and nothing of this machine', async () => {
  const { answer } = await ran(cjs('return process.env'), { environment: { STAGE: 'test', AWS_REGION: 'forged' } });
  const names = Object.keys(answer).filter((name) => !/^(AWS_|LAMBDA_|YAGURA_NOW$)/.test(name));
  expect(names.sort()).toEqual(['HOME', 'LANG', 'PATH', 'STAGE', 'TMPDIR', 'TZ', '_HANDLER']);
  expect(answer).toMatchObject({ AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE' });
  expect(answer.HOME).not.toBe(process.env['HOME']);
});

it('may write at home, and neither read nor start what is outside', async () => {
  const attempt = (what: string) => `(() => { try { ${what}; return 'done' } catch (error) { return error.code } })()`;
  const body = `const fs = require('node:fs'); return [${attempt("fs.writeFileSync(process.env.HOME + '/a', 'b')")},
    ${attempt("fs.readFileSync('/etc/hostname')")}, ${attempt("require('node:child_process').execSync('true')")}]`;
  expect((await ran(cjs(body))).answer).toEqual(['done', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
});

it('keeps its process for the next run, and takes another one for other credentials', async () => {
  const version = await range.version({ 'index.js': 'let n = 0; exports.handler = async () => [++n, process.pid]' });
  const answers = [];
  for (const key of ['ASIAONE', 'ASIAONE', 'ASIATWO'])
    answers.push(JSON.parse((await range.run(version, {}, key)).payload));
  expect(answers.map(([n]) => n)).toEqual([1, 2, 1]);
  expect(answers[0][1]).toBe(answers[1][1]);
});

describe('time inside a function', () => {
  it('is virtual, and stands while it works', async () => {
    const before = range.clock.now();
    const { answer } = await ran(
      cjs('const a = Date.now(); for (let i = 0; i < 1e7; i++); return [a, Date.now(), new Date().getTime()]'),
    );
    expect(answer).toEqual([before, before, before]);
  });

  it('passes while it waits, whatever it waits with', async () => {
    const body = `const t = Date.now(); const sleep = require('node:timers/promises').setTimeout; const took = [];
      await new Promise((r) => setTimeout(r, 5000)); took.push(Date.now() - t);
      await sleep(700); took.push(Date.now() - t);
      await require('node:util').promisify(setTimeout)(300); took.push(Date.now() - t);
      let n = 0; await new Promise((r) => { const i = setInterval(() => { if (++n === 3) { clearInterval(i); r() } }, 1000) });
      took.push(Date.now() - t); return took`;
    expect((await ran(cjs(body))).answer).toEqual([5_000, 5_700, 6_000, 9_000]);
  });

  it('stands while a call is on its way, and passes while all its calls are parked', async () => {
    const body = `const at = (path) => fetch(process.env.AWS_ENDPOINT_URL + path, { method: 'POST', body: 'b' }).then((r) => r.json());
      const t = Date.now(); const beat = []; const i = setInterval(() => beat.push(Date.now() - t), 8000);
      const quick = await at('/quick'); const afterQuick = Date.now() - t;
      const [poll] = await Promise.all([at('/poll'), at('/quick')]); clearInterval(i);
      return { afterQuick, quick: quick.url, polled: Date.now() - t, beat, poll: poll.body }`;
    const { answer } = await ran(cjs(body));
    expect(answer).toEqual({ afterQuick: 0, quick: '/quick', polled: 20_000, beat: [8_000, 16_000], poll: 'b' });
  });
});

it('leaves no process when it is stopped', async () => {
  const own = await openFunctionRange();
  const version = await own.version(cjs('return process.pid'));
  const pid = Number((await own.run(version)).payload);
  await own.close();
  expect(() => process.kill(pid, 0)).toThrow();
});

it('runs python handlers on the python of the machine, or says that there is none', async () => {
  const files = {
    'app.py':
      'import os\ndef handler(event, context):\n    print("hello")\n    if event.get("fail"): raise ValueError("no")\n    return {"n": event["n"] + 1, "key": os.environ["AWS_ACCESS_KEY_ID"], "id": context.aws_request_id}\n',
  };
  const more = { runtime: 'python3.12', handler: 'app.handler' };
  if (!hasPython()) {
    await expect(ran(files, more)).rejects.toThrow('this machine has no python3');
    return;
  }
  expect(await ran(files, more, { n: 1 })).toMatchObject({
    answer: { n: 2, key: 'ASIAEXAMPLE', id: expect.stringContaining('request-') },
    text: expect.stringContaining('Python 3.'),
  });
  expect((await ran(files, more, { fail: true })).answer).toMatchObject({
    errorType: 'ValueError',
    errorMessage: 'no',
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
