import type { Json } from '../../model/json.ts';

/** Everything a client must know is said here; the machine's profiles, files and variables are never asked. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Virtual minus wall time: the door judges signatures by the virtual clock. */
  readonly systemClockOffset: number;
}

/** What an SDK client of version 3 is, whichever service it speaks to. */
export interface Client {
  send(command: unknown): Promise<Record<string, unknown>>;
  destroy(): void;
}

interface Sdk {
  readonly client: new (configuration: object) => Client;
  readonly commands: Readonly<Record<string, unknown>>;
}

/** Loaded when a drill first speaks to the service. The key is the service's name in a drill file. */
const sdks: Readonly<Record<string, () => Promise<Sdk>>> = {
  cloudformation: async () => sdk(await import('@aws-sdk/client-cloudformation'), 'CloudFormationClient'),
  cloudtrail: async () => sdk(await import('@aws-sdk/client-cloudtrail'), 'CloudTrailClient'),
  ec2: async () => sdk(await import('@aws-sdk/client-ec2'), 'EC2Client'),
  events: async () => sdk(await import('@aws-sdk/client-eventbridge'), 'EventBridgeClient'),
  guardduty: async () => sdk(await import('@aws-sdk/client-guardduty'), 'GuardDutyClient'),
  iam: async () => sdk(await import('@aws-sdk/client-iam'), 'IAMClient'),
  lambda: async () => sdk(await import('@aws-sdk/client-lambda'), 'LambdaClient'),
  logs: async () => sdk(await import('@aws-sdk/client-cloudwatch-logs'), 'CloudWatchLogsClient'),
  s3: async () => sdk(await import('@aws-sdk/client-s3'), 'S3Client'),
  sns: async () => sdk(await import('@aws-sdk/client-sns'), 'SNSClient'),
  ssm: async () => sdk(await import('@aws-sdk/client-ssm'), 'SSMClient'),
  sts: async () => sdk(await import('@aws-sdk/client-sts'), 'STSClient'),
};

const drillServices: readonly string[] = Object.keys(sdks);

/** The module's own types say more than a drill file can: here a client is what sends commands. */
function sdk(module: object, client: string): Sdk {
  const commands = module as Readonly<Record<string, unknown>>;
  return { client: commands[client] as Sdk['client'], commands };
}

export async function clientOf(service: string, settings: ClientSettings): Promise<Client> {
  const { client } = await loaded(service);
  return new client(configurationOf(settings));
}

/** One call of `service.Operation`, with a client of its own. Throws what AWS answers, as the SDK does. */
export async function call(
  operation: string,
  input: Readonly<Record<string, Json | Uint8Array>>,
  settings: ClientSettings,
): Promise<Record<string, unknown>> {
  const [service = '', name = ''] = operation.split('.');
  const { commands } = await loaded(service);
  const command = commands[`${name}Command`];
  if (typeof command !== 'function') throw new Error(`${operation}: the SDK for ${service} has no such operation`);
  const client = await clientOf(service, settings);
  try {
    const { $metadata: _, ...output } = await client.send(Reflect.construct(command, [input]));
    if (isStream(output['Body'])) output['Body'] = await output['Body'].transformToString();
    return output;
  } finally {
    client.destroy();
  }
}

async function loaded(service: string): Promise<Sdk> {
  const load = Object.hasOwn(sdks, service) ? sdks[service] : undefined;
  if (load) return load();
  throw new Error(`"${service}" is no service that a drill can call; expected one of ${drillServices.join(', ')}`);
}

function configurationOf(settings: ClientSettings): object {
  if (new URL(settings.endpoint).hostname !== '127.0.0.1') throw new Error(`${settings.endpoint} is not this machine`);
  return {
    ...nothingLookedUp,
    ...settings,
    maxAttempts: 1,
    userAgentAppId: 'yagura-drill',
    forcePathStyle: true,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_SUPPORTED',
  };
}

/** What every SDK client would otherwise look for in files and variables. */
export const nothingLookedUp = {
  retryMode: 'standard',
  defaultsMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
} as const;

function isStream(value: unknown): value is { transformToString(): Promise<string> } {
  return typeof value === 'object' && value !== null && 'transformToString' in value;
}

/** AWS said no: an answer. Anything else that is thrown is not. */
export function refusalOf(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof Error) || !('$metadata' in error) || !('$fault' in error)) return undefined;
  return { code: error.name, message: error.message };
}
