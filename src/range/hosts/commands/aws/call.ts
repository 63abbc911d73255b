import { AwsError } from '../../../../aws/error.ts';
import { hostLimits } from '../../limits.ts';
import { reachAws } from '../../net/reach.ts';
import type { AwsCredentials } from '../../ports.ts';
import { CliError } from './errors.ts';
import type { Session } from './session.ts';

/** The answer of an operation that AWS refused, with the operation's name for the message. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;

  constructor({ code, message }: AwsError, operation: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${message}`);
    this.code = code;
  }
}

/** One signed call over the network. `command` is what the user agent says. */
export async function callAws(
  session: Session,
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  how: { readonly command: string; readonly credentials?: AwsCredentials; readonly region?: string },
): Promise<Record<string, unknown>> {
  const region = how.region ?? (await session.region(service));
  const credentials = how.credentials ?? (await session.credentials());
  const { seat } = session;
  const sourceIp = await reach(session, service, region);
  try {
    return await seat.host.ports.aws.call({
      waiting: { task: seat.task, signal: seat.job.abort.signal },
      service,
      operation,
      region,
      input,
      sourceIp,
      userAgent: userAgent(seat.host.spec.vintage, how.command),
      ...(credentials === undefined ? {} : { credentials }),
    });
  } catch (error) {
    if (error instanceof AwsError) throw new Refused(error, operation);
    throw error;
  }
}

async function reach(session: Session, service: string, region: string): Promise<string> {
  const { seat, settings } = session;
  const seconds = Number(settings.values.get('cli-connect-timeout') ?? 60);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const source = reachAws(seat.host, service, region, seat.task);
    if (source !== undefined) return source;
    const patience = seconds > 0 ? seconds * 1000 : hostLimits.connectTimeoutMs;
    await seat.task.sleep(patience, seat.job.abort.signal);
  }
  const global = service === 'iam' || service === 'organizations';
  const url = `https://${service}.${global ? '' : `${region}.`}amazonaws.com/`;
  throw new CliError(`\nConnect timeout on endpoint URL: "${url}"\n`, 255);
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html: three by default. */
const attempts = 3;

/** The CLI that each image brings; its form was observed in CloudTrail records, and is not documented. */
function userAgent(vintage: 'now' | '2019', command: string): string {
  return vintage === '2019'
    ? 'aws-cli/1.16.102 Python/2.7.16 Linux/4.14.123-111.109.amzn2.x86_64 botocore/1.12.92'
    : `aws-cli/2.27.50 md/awscrt#0.26.1 ua/2.1 os/linux#6.1.141-155.222.amzn2023.x86_64 md/arch#x86_64 lang/python#3.9.22 md/pyimpl#CPython cfg/retry-mode#standard md/installer#source md/distrib#amzn.2023 md/prompt#off md/command#${command}`;
}
