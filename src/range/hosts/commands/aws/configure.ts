import type { ExecResult } from 'just-bash';
import { failed, printed } from '../../seat.ts';
import { misused, notModelled } from './errors.ts';
import type { Session } from './session.ts';

const secret = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

/** `aws configure get` and `set`; the questions of `aws configure` need a person. */
export function configure(session: Session, [action, name, value]: readonly string[]): ExecResult {
  const { profiles, settings, env } = session;
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
