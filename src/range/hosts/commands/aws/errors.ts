/** What ends the command line: the text on standard error and the exit status. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly status: number;

  /** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
  constructor(text: string, status: number) {
    super(text);
    this.status = status;
  }
}

const usage = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** A command line that cannot be read. The texts of this folder were observed with the CLI, not documented. */
export function misused(text: string): CliError {
  return new CliError(`\n${usage}\n${text}\n\n`, 252);
}

export function badChoice(argument: string, choices: readonly string[]): CliError {
  const rows: string[] = [];
  for (let i = 0; i < choices.length; i += 2)
    rows.push(
      choices
        .slice(i, i + 2)
        .map((choice) => choice.padEnd(40))
        .join(' | '),
    );
  return misused(`aws: error: argument ${argument}: Invalid choice, valid choices are:\n\n${rows.join('\n')}`);
}

export function badParameter(option: string, text: string): CliError {
  return new CliError(`\nError parsing parameter '--${option}': ${text}\n`, 252);
}

/** Of the CLI, but not of the range's hosts: said, and never taken for done. */
export function notModelled(what: string): CliError {
  return new CliError(`\naws: ${what} is not built on the hosts of this range\n`, 255);
}
