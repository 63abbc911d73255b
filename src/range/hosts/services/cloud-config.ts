import { parse } from 'yaml';

export type CloudConfig =
  | { readonly script: string; readonly packages: readonly string[] }
  | { readonly problem: string };

/**
 * What a `#cloud-config` asks for, as a script of the host's own commands and the packages to install.
 * Modules: bootcmd, write_files, users, ssh_pwauth, chpasswd, packages, runcmd. Others are not modelled and are named in a comment.
 */
export function cloudConfigScript(text: string, first: boolean): CloudConfig {
  let root: unknown;
  try {
    root = parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not YAML' };
  }
  if (!isMap(root)) return { problem: 'expected a mapping at the top' };
  const lines = list(root['bootcmd']).map(commandLine);
  if (first) {
    lines.push(...list(root['users']).flatMap(userLines));
    lines.push(...list(root['write_files']).flatMap(fileLines));
    lines.push(...passwordLines(root));
    lines.push(...list(root['runcmd']).map(commandLine));
  }
  return {
    script: lines.join('\n'),
    packages: first ? list(root['packages']).map((one) => String(isList(one) ? one[0] : one)) : [],
  };
}

function commandLine(command: unknown): string {
  return isList(command) ? command.map((one) => quote(String(one))).join(' ') : String(command);
}

function fileLines(entry: unknown): string[] {
  if (!isMap(entry) || typeof entry['path'] !== 'string') return [];
  const path = quote(entry['path']);
  const body = quote(String(entry['content'] ?? ''));
  const decode = /^(b64|base64)$/.test(String(entry['encoding'] ?? '')) ? ' | base64 -d' : '';
  const sign = entry['append'] === true ? '>>' : '>';
  return [
    `mkdir -p "$(dirname ${path})"`,
    `printf %s ${body}${decode} ${sign} ${path}`,
    ...(entry['permissions'] === undefined ? [] : [`chmod ${quote(String(entry['permissions']))} ${path}`]),
    ...(entry['owner'] === undefined ? [] : [`chown ${quote(String(entry['owner']))} ${path}`]),
  ];
}

function userLines(user: unknown): string[] {
  if (!isMap(user) || typeof user['name'] !== 'string') return [];
  const name = quote(user['name']);
  const hash = user['passwd'] ?? user['hashed_passwd'];
  return [
    `useradd -m${typeof user['shell'] === 'string' ? ` -s ${quote(user['shell'])}` : ''} ${name}`,
    ...(typeof hash === 'string' ? [`usermod -p ${quote(hash)} ${name}`] : []),
    ...(typeof user['plain_text_passwd'] === 'string'
      ? [`echo ${quote(`${user['name']}:${user['plain_text_passwd']}`)} | chpasswd`]
      : []),
    ...(user['sudo'] === undefined
      ? []
      : [`echo ${quote(`${user['name']} ${String(list(user['sudo'])[0])}`)} >> /etc/sudoers.d/90-cloud-init-users`]),
  ];
}

function passwordLines(root: Readonly<Record<string, unknown>>): string[] {
  const lines: string[] = [];
  if (root['ssh_pwauth'] !== undefined) {
    const value = root['ssh_pwauth'] === true || root['ssh_pwauth'] === 'yes' ? 'yes' : 'no';
    lines.push(
      `sed -i 's/^#*PasswordAuthentication .*/PasswordAuthentication ${value}/' /etc/ssh/sshd_config`,
      'systemctl restart sshd',
    );
  }
  const chpasswd = isMap(root['chpasswd']) ? root['chpasswd'] : {};
  const old = typeof chpasswd['list'] === 'string' ? chpasswd['list'].split('\n') : list(chpasswd['list']);
  for (const entry of old) if (String(entry).includes(':')) lines.push(`echo ${quote(String(entry))} | chpasswd`);
  for (const user of list(chpasswd['users']))
    if (isMap(user)) lines.push(`echo ${quote(`${String(user['name'])}:${String(user['password'])}`)} | chpasswd`);
  return lines;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
