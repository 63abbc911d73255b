import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { answerLine } from '../../aws/iam/lines.ts';
import { UserError, WorldError } from '../../run/errors.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

export const iamEvaluate: Command = {
  arguments: [
    {
      name: '<file>',
      words: {
        en: 'JSON lines, one question each; - reads them from standard input',
        ja: '1 行に 1 つの問いを書いた JSON Lines。- なら標準入力から読みます',
      },
    },
  ],
  examples: [
    '# A user reads an object: {"decision":"allowed", ...}',
    `echo '{"principal":"arn:aws:iam::111122223333:user/alice","action":"s3:GetObject","resource":"arn:aws:s3:::reports/2026.csv","identityPolicies":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::reports/*"}}]}' | yagura iam evaluate -`,
    '',
    '# A guardrail as a test: outside the region the organisation denies. Ends with 1 when the answer differs.',
    `echo '{"principal":"arn:aws:sts::111122223333:assumed-role/admin/bob","action":"ec2:RunInstances","resource":"*","context":{"aws:RequestedRegion":"eu-west-1"},"identityPolicies":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}],"serviceControlPolicies":[[{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"Home","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-west-2"}}}]}]],"expect":"explicitDeny"}' | yagura iam evaluate -`,
    '',
    '# A service takes a role: the trust policy is the resource policy.',
    `echo '{"principal":{"service":"lambda.amazonaws.com"},"action":"sts:AssumeRole","resource":"arn:aws:iam::111122223333:role/worker","resourcePolicy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}},"expect":"allowed"}' | yagura iam evaluate -`,
  ],
  async run({ arguments: [file = '-'], terminal }) {
    const count = { answered: 0, differing: 0, bad: 0 };
    let number = 0;
    for await (const line of linesOf(file === '-' ? terminal.stdin : createReadStream(file), file)) {
      number++;
      const result = answerLine(line, number);
      if (!result) continue;
      terminal.out(`${JSON.stringify(result.answer)}\n`);
      count.answered++;
      if (result.verdict === 'bad') count.bad++;
      if (result.verdict === 'differs') count.differing++;
      if (result.verdict === 'differs') terminal.err(differs(terminal, number));
    }
    if (count.answered === 0) throw nothingAsked(file);
    if (count.bad > 0) return exit.usage;
    return count.differing > 0 ? exit.judged : exit.expected;
  },
};

/** A test file that was emptied by mistake must not pass. */
function nothingAsked(file: string): UserError {
  return new UserError({
    code: 'INPUT_EMPTY',
    message: { en: `${file} asks nothing`, ja: `${file} に問いがありません` },
    expected: { en: 'JSON lines, one question each', ja: '1 行に 1 つの問いを書いた JSON Lines' },
    hint: 'yagura iam evaluate --help',
  });
}

function differs(terminal: Terminal, line: number): string {
  return `${terminal.say({ en: `line ${line}: not as expected`, ja: `${line} 行目: 期待と違います` })}\n`;
}

/** Lines end with a line feed only: JSON may hold every other separator. */
async function* linesOf(input: Readable, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of input) {
      // A stream without an encoding gives bytes.
      rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = { en: `${name} cannot be read: ${error.message}`, ja: `${name} を読めません: ${error.message}` };
    throw new WorldError({ code: 'INPUT_UNREADABLE', message, hint: 'yagura iam evaluate --help' }, error);
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
