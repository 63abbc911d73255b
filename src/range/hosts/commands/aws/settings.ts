import { badChoice, misused } from './errors.ts';
import { outputs } from './output.ts';

/** The options that every command takes, and what is left. */
export interface Settings {
  readonly values: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

const valued = [
  'output',
  'query',
  'region',
  'profile',
  'endpoint-url',
  'color',
  'ca-bundle',
  'cli-read-timeout',
  'cli-connect-timeout',
  'cli-binary-format',
];
const flags = [
  'debug',
  'no-verify-ssl',
  'no-paginate',
  'no-sign-request',
  'version',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'no-color',
];

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html */
export function readSettings(args: readonly string[]): Settings {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [, name = '', joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (flags.includes(name) && joined === undefined) values.set(name, '');
    else if (valued.includes(name)) {
      const value = joined ?? args[++i];
      if (value === undefined) throw misused(`aws: error: argument --${name}: expected one argument`);
      values.set(name, value);
    } else rest.push(arg);
  }
  const output = values.get('output');
  if (output !== undefined && !outputs.includes(output)) throw badChoice('--output', outputs);
  return { values, rest };
}
