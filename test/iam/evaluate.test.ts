import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { iamEvaluate } from '../../src/cli/commands/iam.ts';
import { rootPath } from '../../src/root.ts';

const env = { PATH: process.env['PATH'], LANG: 'C' };
const alice = {
  principal: 'arn:aws:iam::111122223333:user/alice',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
};
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** Lines as they are, questions as JSON. */
function evaluated(...lines: readonly (string | object)[]) {
  const input = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const args = [rootPath('bin/yagura.mjs'), 'iam', 'evaluate', '-'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env, input });
  const answers = stdout.split('\n').filter((line) => line !== '');
  return { status, stderr, answers: answers.map((line): Record<string, unknown> => JSON.parse(line)) };
}

test('one answer a line, in order', () => {
  const { status, answers } = evaluated(alice, { ...alice, identityPolicies: [allow] });
  expect(answers.map(({ decision }) => decision)).toEqual(['implicitDeny', 'allowed']);
  expect(status).toBe(0);
});

test('ends with 1 when an answer differs, and says which', () => {
  const { status, answers, stderr } = evaluated({ ...alice, expect: 'implicitDeny' }, { ...alice, expect: 'allowed' });
  expect({ status, answers: answers.length, stderr }).toEqual({
    status: 1,
    answers: 2,
    stderr: 'line 2: not as expected\n',
  });
});

test('ends with 2 when a line was bad, and still answers the others', () => {
  const { status, answers } = evaluated('{', { ...alice, expect: 'allowed' }, alice);
  expect(answers[0]).toEqual({ error: expect.stringContaining('not JSON'), line: 1 });
  expect(answers.slice(1).map(({ decision }) => decision)).toEqual(['implicitDeny', 'implicitDeny']);
  expect(status).toBe(2);
});

test('asks for questions', () => {
  expect(evaluated().stderr).toContain('INPUT_EMPTY');
  expect(evaluated().status).toBe(2);
});

test('reads a file, and says when there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-iam-'));
  const file = join(folder, 'questions.jsonl');
  // No line feed at the end, and a byte pair that one chunk could cut.
  writeFileSync(file, JSON.stringify({ ...alice, note: '櫓'.repeat(40_000), expect: 'implicitDeny' }));
  const run = (path: string) =>
    spawnSync(process.execPath, [rootPath('bin/yagura.mjs'), 'iam', 'evaluate', path], { encoding: 'utf8', env });
  expect(run(file).status).toBe(0);
  expect(run(`${file}.none`)).toMatchObject({ status: 3, stderr: expect.stringContaining('INPUT_UNREADABLE') });
});

test('the examples of the help work as they stand', () => {
  const examples = (iamEvaluate.examples ?? []).filter((line) => line.startsWith('echo'));
  expect(examples).toHaveLength(3);
  for (const line of examples) {
    const command = line.replace('yagura iam', `'${process.execPath}' '${rootPath('bin/yagura.mjs')}' iam`);
    const { status, stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8', env });
    expect({ status, answer: JSON.parse(stdout) }).toMatchObject({
      status: 0,
      answer: { decision: expect.any(String) },
    });
  }
});
