import type { CommandContext, ExecResult } from 'just-bash';
import type { ServicePlan } from '../../../wire/plan.ts';
import { resolve } from '../../disk/view.ts';
import { hostLimits } from '../../limits.ts';
import { failed, type HostCommand, printed, type Seat } from '../../seat.ts';
import { bytesOf } from './body.ts';
import { callAws, Refused } from './call.ts';
import { configure } from './configure.ts';
import { badChoice, CliError, misused, notModelled } from './errors.ts';
import { tail } from './logs-tail.ts';
import { kebab, serviceNamed } from './names.ts';
import { checkQuery, formatted, outputs, plain } from './output.ts';
import { allPages } from './pages.ts';
import { readParameters } from './parameters.ts';
import { s3 } from './s3/s3.ts';
import { openSession, type Session } from './session.ts';
import { readSettings } from './settings.ts';
import type { Sources } from './values.ts';
import { waiterNamed, waitFor } from './wait.ts';

/** AWS's command line, for every service whose model the range has. */
export const aws: HostCommand = {
  names: ['aws'],
  package: 'awscli',
  async run(args, seat, context) {
    // Starting Python takes its time, and a loop of calls must let the clock go on.
    await seat.task.sleep(hostLimits.awsStartMs, seat.job.abort.signal);
    if (seat.job.abort.signal.aborted) return printed('', 130);
    try {
      return await run(args, seat, context);
    } catch (error) {
      if (error instanceof CliError) return failed(error.message, error.status);
      if (error instanceof Refused) return failed(`\n${error.message}\n`, 254);
      throw error;
    }
  },
};

/** The names of AWS are this range's; nothing else that speaks AWS's protocols is to be reached from a host. */
function checkEndpoint(url: string | undefined): void {
  if (url === undefined) return;
  if (!/^https?:\/\/([a-z0-9-]+\.)*amazonaws\.com(:\d+)?\/?$/.test(url))
    throw notModelled(`--endpoint-url ${url}, which is none of AWS's own addresses,`);
}

async function run(args: readonly string[], seat: Seat, context: CommandContext): Promise<ExecResult> {
  const settings = readSettings(args);
  const { values } = settings;
  if (values.has('version')) return printed(`${versions[seat.host.spec.vintage]}\n`);
  checkEndpoint(values.get('endpoint-url'));
  checkQuery(values.get('query'));
  const [command, operation, ...rest] = settings.rest;
  if (command === undefined) throw misused('aws: error: the following arguments are required: command');
  if (command === 'help' || operation === 'help') throw notModelled('help');
  const session = openSession(seat, context.env, settings);
  if (command === 'configure') return configure(session, settings.rest.slice(1));
  session.checkProfile();
  if (command === 's3') return s3(session, settings.rest.slice(1), context);
  const service = seat.host.ports.aws.describe(serviceNamed(command));
  if (service === undefined) throw misused(`aws: error: argument command: Invalid choice: '${command}'`);
  if (operation === undefined) throw misused('aws: error: the following arguments are required: operation');
  if (command === 'logs' && operation === 'tail') return tail(session, rest);
  if (operation === 'wait') return waitOperation(session, service, command, rest, context);
  return callOperation(session, service, { command, operation }, rest, context);
}

const versions = {
  now: 'aws-cli/2.27.50 Python/3.9.22 Linux/6.1.141-155.222.amzn2023.x86_64 source/x86_64.amzn.2023',
  '2019': 'aws-cli/1.16.102 Python/2.7.16 Linux/4.14.123-111.109.amzn2.x86_64 botocore/1.12.92',
};

async function waitOperation(
  session: Session,
  service: ServicePlan,
  command: string,
  [name = '', ...args]: readonly string[],
  context: CommandContext,
): Promise<ExecResult> {
  const waiter = waiterNamed(service.name, name);
  const plan = service.operation(waiter.operation);
  if (plan === undefined) throw notModelled(`${command} wait ${name}`);
  const { input } = readParameters(args, plan, sourcesOf(session, context));
  return waitFor(session.seat, { waiter, name }, () =>
    callAws(session, service.name, plan.name, input, { command: `${command}.wait.${name}` }),
  );
}

function sourcesOf(session: Session, context: CommandContext): Sources {
  const blobs = session.setting('cli-binary-format', 'AWS_CLI_BINARY_FORMAT') ?? '';
  const home = context.env.get('HOME') ?? '/';
  return { seat: session.seat, cwd: context.cwd, home, rawBlobs: blobs === 'raw-in-base64-out' };
}

async function callOperation(
  session: Session,
  service: ServicePlan,
  asked: { readonly command: string; readonly operation: string },
  args: readonly string[],
  context: CommandContext,
): Promise<ExecResult> {
  const { seat, settings } = session;
  const name = service.operationNames.find((one) => kebab(one) === asked.operation);
  const plan = name === undefined ? undefined : service.operation(name);
  if (plan === undefined) throw badChoice('operation', service.operationNames.map(kebab).sort());
  const { input, outfile, paging } = readParameters(args, plan, sourcesOf(session, context));
  const number = (option: string) => (paging.has(option) ? Number(paging.get(option)) : undefined);
  const answer = await allPages(
    plan,
    input,
    {
      maxItems: number('max-items'),
      pageSize: number('page-size'),
      startingToken: paging.get('starting-token'),
      off: settings.values.has('no-paginate'),
    },
    (one) => callAws(session, service.name, plan.name, one, { command: `${asked.command}.${asked.operation}` }),
  );
  if (outfile !== undefined) {
    const payload = plan.output?.shape.payload?.name ?? 'Body';
    seat.disk.write(resolve(context.cwd, outfile), await bytesOf(answer[payload]), seat.actor);
    delete answer[payload];
  }
  const format = session.setting('output', 'AWS_DEFAULT_OUTPUT') ?? 'json';
  if (!outputs.includes(format)) throw new CliError(`\nUnknown output type: ${format}\n`, 255);
  return printed(formatted(plain(answer) ?? {}, format, settings.values.get('query'), plan.name));
}
