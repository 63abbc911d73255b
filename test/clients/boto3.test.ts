import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { python, tourSkipped } from '../../scripts/clients.mjs';
import { root, rootPath } from '../../src/root.ts';
import { run, type StartedRange, startRange } from './started-range.ts';

describe.runIf(tourSkipped(root) === undefined)(`${python} with boto3`, () => {
  let range: StartedRange;
  const said = new Map<string, unknown>();

  beforeAll(async () => {
    range = await startRange();
    const { code, out, err } = await run(python, [rootPath('test', 'clients', 'boto3-tour.py')], range.env);
    for (const line of out.split('\n').filter((each) => each !== '')) {
      const { step, value } = JSON.parse(line) as { step: string; value: unknown };
      said.set(step, value);
    }
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
  afterAll(() => range.end());

  test.each<[string, unknown]>([
    ['identity', expect.stringMatching(/:user\/admin$/)],
    ['wrong secret', 'SignatureDoesNotMatch'],
    ['without policies', 'AccessDenied'],
    ['users', ['admin', 'bare']],
    ['attributes', '1'],
    ['tested pattern', true],
    ['log', ['hello']],
    ['object', 'hello'],
    ['keys', ['a b/ü.txt']],
    ['no such key', 'NoSuchKey'],
    ['function', 42],
    ['trail', [['sns.amazonaws.com', 'admin']]],
    ['findings', []],
    ['stack', 'CREATE_COMPLETE'],
    ['gone', 'ValidationError'],
  ])('%s', (step, value) => {
    expect(said.get(step)).toEqual(value);
  });
});
