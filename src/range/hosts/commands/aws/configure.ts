import type { ExecResult } from 'just-bash';
import { failed, printed } from '../../seat.ts';
import { misused, notModelled } from './errors.ts';
import type { Session } from './session.ts';

const secret = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

/** `aws configure get`, `set` and `list`; the questions of `aws configure` need a person. */
export async function configure(session: Session, [action, name, value]: readonly string[]): Promise<ExecResult> {
  const { profiles, settings, env } = session;
  if (action === 'list') return printed(await listed(session));
  if (action === 'list-profiles') {
    const names = new Set([...profiles.credentials.keys(), ...profiles.config.keys()]);
    return printed([...names].map((one) => `${one}\n`).join(''));
  }
  const profile = settings.values.get('profile') ?? env.get('AWS_PROFILE') ?? 'default';
  if (action !== 'get' && action !== 'set') throw notModelled(`configure ${action ?? ''}`.trim());
  if (name === undefined) throw misused('aws: error: the following arguments are required: varname');
  const isSecret = secret.includes(name);
  if (action === 'get') {
    const found = profiles.credentials.get(profile)?.get(name) ?? profiles.config.get(profile)?.get(name);
    return found === undefined ? printed('', 1) : printed(`${found}\n`);
  }
  if (value === undefined) throw misused('aws: error: the following arguments are required: value');
  const path = isSecret ? profiles.credentialsPath : profiles.configPath;
  const title = isSecret || profile === 'default' ? profile : `profile ${profile}`;
  return write(session, path, title, name, value);
}

/** Where each setting comes from. https://docs.aws.amazon.com/cli/latest/reference/configure/list.html */
async function listed(session: Session): Promise<string> {
  const { profiles, settings, env } = session;
  const profile = settings.values.get('profile') ?? env.get('AWS_PROFILE');
  const section = profile ?? 'default';
  const stars = (text: string) => `${'*'.repeat(16)}${text.slice(-4)}`;
  const row = (name: string, value: string, type: string, location: string) =>
    `${name.padStart(10)} ${value.padStart(24)} ${type.padStart(16)}    ${location}\n`;
  const keys = await session.credentials().catch(() => undefined);
  const [type, place] =
    settings.values.has('profile') || env.get('AWS_ACCESS_KEY_ID') === undefined
      ? profiles.credentials.get(section)?.has('aws_access_key_id') === true
        ? ['shared-credentials-file', '']
        : profiles.config.get(section)?.has('aws_access_key_id') === true
          ? ['config-file', profiles.configPath]
          : ['iam-role', '']
      : ['env', ''];
  const key = (name: string, text: string | undefined) =>
    text === undefined ? row(name, '<not set>', 'None', 'None') : row(name, stars(text), type ?? '', place ?? '');
  const region = settings.values.get('region') ?? env.get('AWS_REGION') ?? env.get('AWS_DEFAULT_REGION');
  const configured = profiles.config.get(section)?.get('region');
  const found = region ?? configured ?? (await session.region('ec2').catch(() => undefined));
  const from = region !== undefined ? 'env' : configured !== undefined ? 'config-file' : 'imds';
  return (
    row('Name', 'Value', 'Type', 'Location') +
    row('----', '-----', '----', '--------') +
    row(
      'profile',
      profile ?? '<not set>',
      profile === undefined ? 'None' : 'manual',
      profile === undefined ? 'None' : '--profile',
    ) +
    key('access_key', keys?.accessKeyId) +
    key('secret_key', keys?.secretAccessKey) +
    (found === undefined
      ? row('region', '<not set>', 'None', 'None')
      : row('region', found, from, from === 'config-file' ? profiles.configPath : ''))
  );
}

function write({ seat }: Session, path: string, title: string, name: string, value: string): ExecResult {
  const { disk, actor } = seat;
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (disk.find(folder, actor) === undefined) disk.mkdir(folder, actor, true, 0o755);
  if (disk.find(folder, actor)?.kind !== 'folder') return failed(`\n[Errno 20] Not a directory: '${path}'\n`, 255);
  const lines = disk.text(path).split('\n');
  const start = lines.indexOf(`[${title}]`);
  if (start < 0) lines.splice(lines.length - 1, 0, `[${title}]`, `${name} = ${value}`);
  else {
    const next = lines.findIndex((line, i) => i > start && line.startsWith('['));
    const end = next < 0 ? lines.length : next;
    const at = lines.findIndex((line, i) => i > start && i < end && line.replace(/\s*=.*/, '') === name);
    if (at < 0) lines.splice(start + 1, 0, `${name} = ${value}`);
    else lines[at] = `${name} = ${value}`;
  }
  disk.write(path, Buffer.from(lines.join('\n')), actor, 0o600);
  return printed('');
}
