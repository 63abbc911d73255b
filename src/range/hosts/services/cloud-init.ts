import type { HostInside } from '../host.ts';
import { installedPackages, installPackage, putFile } from '../image/install.ts';
import { hostLimits } from '../limits.ts';
import { cloudConfigScript } from './cloud-config.ts';

/**
 * User data at boot. A script runs once in an instance's life, unless its cloud-config says `[scripts-user, always]`;
 * `bootcmd` runs at every boot. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function runCloudInit(host: HostInside): void {
  const bytes = host.ports.metadata.userData();
  if (bytes === undefined) return;
  if (bytes.length > hostLimits.userDataBytes) {
    say(host, `user data has ${bytes.length} bytes, at most ${hostLimits.userDataBytes} are read\n`);
    return;
  }
  const parts = partsOf(Buffer.from(bytes).toString('utf8'));
  const marker = `/var/lib/cloud/instances/${host.spec.id}/sem/config_scripts_user`;
  const first = host.disk.find(marker) === undefined;
  const always = parts.some((part) => part.startsWith('#cloud-config') && /scripts-user\s*,\s*['"]?always/.test(part));
  putFile(host.disk, marker, `${host.ports.clock.now()}\n`);
  const scripts = parts.flatMap((part) => scriptOf(host, part, first, always));
  if (scripts.length === 0) return;
  say(host, `Cloud-init running 'modules:final' at ${new Date(host.ports.clock.now()).toUTCString()}.\n`);
  runNext(host, scripts);
}

/** One after the other: the second part may need what the first one made. */
function runNext(host: HostInside, [script, ...rest]: readonly string[]): void {
  if (script === undefined) {
    say(host, `Cloud-init finished at ${new Date(host.ports.clock.now()).toUTCString()}.\n`);
    return;
  }
  const job = host.start(script, {
    why: 'user data',
    command: '/bin/bash /var/lib/cloud/instance/scripts/part-001',
    cwd: '/',
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  if (job === undefined) return;
  job.done.then(
    ({ stdout, stderr, status }) => {
      if (!host.running) return;
      say(host, stdout + stderr);
      if (status !== 0) say(host, `Failed to run module scripts-user: exit code ${status}\n`);
      runNext(host, rest);
    },
    () => {},
  );
}

function scriptOf(host: HostInside, part: string, first: boolean, always: boolean): string[] {
  if (part.startsWith('#!')) return first || always ? [part] : [];
  if (!part.startsWith('#cloud-config')) {
    say(host, `Unhandled non-multipart userdata: '${part.slice(0, 40).replaceAll('\n', ' ')}...'\n`);
    return [];
  }
  const read = cloudConfigScript(part, first);
  if ('problem' in read) {
    say(host, `Failed loading yaml blob: ${read.problem}\n`);
    return [];
  }
  for (const name of read.packages) {
    const spec = host.image.packages.find((one) => one.name === name);
    if (spec === undefined) say(host, `No match for argument: ${name}\n`);
    else if (!installedPackages(host.disk).some((one) => one.name === name)) {
      installPackage(host.disk, spec);
      for (const unit of spec.enabled ?? []) host.units.start(unit);
    }
  }
  return read.script === '' ? [] : [read.script];
}

/** The parts of a MIME archive, or the one text that there is. */
function partsOf(text: string): string[] {
  const boundary = /^content-type:\s*multipart\/mixed;[\s\S]*?boundary="?([^"\s;]+)"?/im.exec(text.slice(0, 2000))?.[1];
  if (boundary === undefined) return [text];
  return text
    .split(`--${boundary}`)
    .slice(1)
    .map((part) => part.replaceAll('\r\n', '\n').split('\n\n').slice(1).join('\n\n').trimStart())
    .filter((part) => part !== '');
}

function say(host: HostInside, text: string): void {
  if (text !== '')
    host.disk.append('/var/log/cloud-init-output.log', Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
}
