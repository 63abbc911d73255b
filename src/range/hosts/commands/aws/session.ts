import type { AwsCredentials } from '../../ports.ts';
import type { Seat } from '../../seat.ts';
import { callAws } from './call.ts';
import { CliError } from './errors.ts';
import { fetchMetadata, roleFromMetadata } from './metadata.ts';
import { globalRegion } from './names.ts';
import { type Profiles, readProfiles } from './profiles.ts';
import type { Settings } from './settings.ts';

/** Who calls and where to: settings, variables, files, then the metadata service, in the CLI's order. */
export interface Session {
  readonly seat: Seat;
  readonly env: ReadonlyMap<string, string>;
  readonly settings: Settings;
  readonly profiles: Profiles;
  /** Undefined: unsigned. Throws where none are to be found. */
  credentials(): Promise<AwsCredentials | undefined>;
  /** Throws where a profile is named that there is not. */
  checkProfile(): void;
  region(service: string): Promise<string>;
  setting(name: string, variable: string): string | undefined;
}

export function openSession(seat: Seat, env: ReadonlyMap<string, string>, settings: Settings): Session {
  const profiles = readProfiles(seat, env);
  const named = settings.values.get('profile') ?? env.get('AWS_PROFILE') ?? env.get('AWS_DEFAULT_PROFILE');
  const profile = named ?? 'default';
  const setting = (name: string, variable: string) =>
    settings.values.get(name) ?? env.get(variable) ?? profiles.config.get(profile)?.get(name);
  let known: AwsCredentials | undefined;
  let regionKnown: string | undefined;
  const session: Session = {
    seat,
    env,
    settings,
    profiles,
    setting,
    checkProfile() {
      const known = named === undefined || named === 'default' || profiles.config.has(named);
      if (!known && !profiles.credentials.has(named))
        throw new CliError(`\nThe config profile (${named}) could not be found\n`, 255);
    },
    async credentials() {
      if (settings.values.has('no-sign-request')) return undefined;
      // A profile that is asked for by option wins over keys in variables; one that a variable names does not.
      known ??= settings.values.has('profile') ? undefined : fromVariables(env);
      known ??= await fromProfile(session, profile);
      known ??= metadataOff(env) ? undefined : await roleFromMetadata(seat);
      if (known === undefined)
        throw new CliError(
          '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
          253,
        );
      return known;
    },
    async region(service) {
      const fixed = globalRegion[service];
      if (fixed !== undefined) return fixed;
      regionKnown ??= settings.values.get('region') ?? env.get('AWS_REGION') ?? setting('region', 'AWS_DEFAULT_REGION');
      regionKnown ??= metadataOff(env) ? undefined : await fetchMetadata(seat, 'placement/region');
      if (regionKnown !== undefined && regionKnown !== '') return regionKnown;
      if (service === 's3') return 'us-east-1';
      throw new CliError(
        '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
        253,
      );
    },
  };
  return session;
}

function metadataOff(env: ReadonlyMap<string, string>): boolean {
  return env.get('AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true';
}

function fromVariables(env: ReadonlyMap<string, string>): AwsCredentials | undefined {
  return keys((name) => env.get(name.toUpperCase()));
}

function keys(value: (name: string) => string | undefined): AwsCredentials | undefined {
  const accessKeyId = value('aws_access_key_id');
  const secretAccessKey = value('aws_secret_access_key');
  if (accessKeyId === undefined || accessKeyId === '' || secretAccessKey === undefined) return undefined;
  const sessionToken = value('aws_session_token');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** A profile's own keys, or a role that another profile's keys may assume. */
async function fromProfile(session: Session, name: string): Promise<AwsCredentials | undefined> {
  const { profiles, seat } = session;
  const config = profiles.config.get(name);
  const role = config?.get('role_arn');
  if (role === undefined)
    return keys((key) => profiles.credentials.get(name)?.get(key)) ?? keys((key) => config?.get(key));
  const source = config?.get('source_profile');
  const by =
    source !== undefined && source !== name
      ? await fromProfile(session, source)
      : config?.get('credential_source') === 'Environment'
        ? fromVariables(session.env)
        : await roleFromMetadata(seat);
  if (by === undefined)
    throw new CliError(
      `\nPartial credentials found in assume-role, missing: source_profile or credential_source\n`,
      255,
    );
  const answer = await callAws(
    session,
    'sts',
    'AssumeRole',
    {
      RoleArn: role,
      RoleSessionName:
        config?.get('role_session_name') ?? `botocore-session-${Math.floor(seat.host.ports.clock.now() / 1000)}`,
    },
    { credentials: by, command: 'sts.assume-role' },
  );
  const got = (answer['Credentials'] ?? {}) as Readonly<Record<string, string>>;
  return keys(
    (key) => got[{ aws_access_key_id: 'AccessKeyId', aws_secret_access_key: 'SecretAccessKey' }[key] ?? 'SessionToken'],
  );
}
