import { ask } from '../../run/adapters/door/client.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { portOf, portOption } from '../port.ts';

interface Answer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly endpoint: string;
}

export const credentials: Command = {
  options: [
    portOption,
    {
      flags: '--format <format>',
      words: { en: 'env (default), profile or json', ja: 'env (既定)、profile、json のいずれか' },
    },
  ],
  examples: ['eval "$(npx yagura credentials)"'],
  async run(invocation) {
    const { terminal } = invocation;
    const format = invocation.choice('format', ['env', 'profile', 'json']) ?? 'env';
    const answer = (await ask(portOf(invocation), terminal.env, 'credentials')) as Answer;
    terminal.out(forms[format](answer));
    return exit.expected;
  },
};

const forms = {
  env: ({ accessKeyId, secretAccessKey, region, endpoint }: Answer) =>
    [
      `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
      // A token or profile left over from another account would be sent with these keys.
      'unset AWS_SESSION_TOKEN AWS_PROFILE',
      `export AWS_DEFAULT_REGION=${region}`,
      `export AWS_REGION=${region}`,
      `export AWS_ENDPOINT_URL=${endpoint}`,
      '',
    ].join('\n'),
  profile: ({ accessKeyId, secretAccessKey, region, endpoint }: Answer) =>
    [
      '[profile yagura]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
      `region = ${region}`,
      `endpoint_url = ${endpoint}`,
      '',
    ].join('\n'),
  json: (answer: Answer) => `${JSON.stringify(answer)}\n`,
};
