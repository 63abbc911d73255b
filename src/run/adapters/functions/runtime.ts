import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { FunctionVersion, InvocationContext } from '../../../range/functions.ts';

/** How a process of a function is started. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Place {
  /** The unpacked code. */
  readonly code: string;
  /** Its home, working and temporary folder. */
  readonly home: string;
  /** The file that takes its invocations. */
  readonly boot: string;
}

/** Which clock the runtime lives in: only Node's is replaced inside the process. */
export function clockOf(runtime: string): 'virtual' | 'wall' {
  return runtime.startsWith('nodejs') ? 'virtual' : 'wall';
}

/** The folder of what runs inside the process, and the file of it that begins. */
export function bootOf(runtime: string): { readonly kind: 'node' | 'python'; readonly main: string } {
  return runtime.startsWith('python') ? { kind: 'python', main: 'main.py' } : { kind: 'node', main: 'main.mjs' };
}

/** `env` is the machine's: only its PATH is asked, for a runtime that is not ours. */
export function startOf(version: FunctionVersion, place: Place, env: NodeJS.ProcessEnv): Start {
  const start = version.runtime.startsWith('nodejs') ? node(version, place) : python(version, place, env);
  // A function in an endless loop does not see that its runner is gone: the kernel ends it, where this tool asks for that.
  const setpriv = '/usr/bin/setpriv';
  if (!existsSync(setpriv)) return start;
  return { command: setpriv, args: ['--pdeathsig', 'KILL', '--', start.command, ...start.args] };
}

function node({ memoryMb }: FunctionVersion, { code, home, boot }: Place): Start {
  const readable = [`${code}/*`, `${home}/*`, `${dirname(boot)}/*`];
  return {
    command: process.execPath,
    args: [
      ...permissionFlags(process.versions.node),
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--allow-fs-write=${home}/*`,
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
      `--max-old-space-size=${memoryMb}`,
      boot,
    ],
  };
}

/** The permission model stops mistakes, not attackers: the network is open. */
function permissionFlags(nodeVersion: string): readonly string[] {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major >= 25) return ['--permission', '--allow-net'];
  return major >= 24 || (major === 22 && minor >= 13) ? ['--permission'] : ['--experimental-permission'];
}

function python({ runtime }: FunctionVersion, { boot }: Place, env: NodeJS.ProcessEnv): Start {
  if (!runtime.startsWith('python3')) throw new Error(`runtime ${runtime}: this range runs nodejs* and python3*`);
  const found = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'python3'));
  const command = found.find((path) => existsSync(path));
  if (!command) throw new Error(`runtime ${runtime}: this machine has no python3; install it, or use a nodejs runtime`);
  return { command, args: ['-B', '-s', boot] };
}

/** Lambda's variables and nothing of the user's, https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function environmentOf(
  version: FunctionVersion,
  context: InvocationContext,
  place: Place,
  endpoint: string,
  now: number,
): Record<string, string> {
  const nothing = join(place.home, 'no-aws-files');
  return {
    ...version.environment,
    AWS_ACCESS_KEY_ID: context.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: context.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: context.credentials.sessionToken,
    AWS_REGION: version.region,
    AWS_DEFAULT_REGION: version.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_CONFIG_FILE: nothing,
    AWS_SHARED_CREDENTIALS_FILE: nothing,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.name,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: version.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: context.logStream,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: place.code,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: version.handler,
    HOME: place.home,
    TMPDIR: place.home,
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    YAGURA_NOW: String(now),
  };
}
