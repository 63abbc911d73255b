import { kernelOf } from './commands/system.ts';
import type { HostInside } from './host.ts';
import { putFile } from './image/install.ts';
import { machineId } from './journal.ts';
import { runCloudInit } from './services/cloud-init.ts';
import { record } from './users/login-records.ts';

/** Power on: after the boot delay the enabled services start, then cloud-init has its say. */
export function boot(host: HostInside): void {
  const { clock } = host.ports;
  clock.at(
    clock.now() + host.spec.bootMs,
    () => {
      // Powered off while it booted.
      if (!host.running) return;
      putFile(host.disk, '/etc/hostname', `${host.spec.hostname}\n`);
      putKey(host);
      putFile(host.disk, '/etc/machine-id', `${machineId(host)}\n`, 0o444);
      bootRecord(host, 'boot');
      host.units.startEnabled();
      runCloudInit(host);
    },
    `${host.spec.id} boots`,
  );
}

export function shutDown(host: HostInside): void {
  host.units.stopAll();
  bootRecord(host, 'shutdown');
}

function bootRecord({ disk, ports, spec }: HostInside, kind: 'boot' | 'shutdown'): void {
  const [line, user] = kind === 'boot' ? ['~', 'reboot'] : ['~~', 'shutdown'];
  record(disk, '/var/log/wtmp', { kind, pid: 0, line, user, host: kernelOf(spec.vintage), time: ports.clock.now() });
}

/** The key pair's public half, for the default user, at first boot. */
function putKey(host: HostInside): void {
  const { publicKey } = host.spec;
  const path = '/home/ec2-user/.ssh/authorized_keys';
  if (publicKey === undefined || host.disk.find(path) !== undefined) return;
  putFile(host.disk, path, `${publicKey}\n`, 0o600, 1000);
  const folder = host.disk.find('/home/ec2-user/.ssh');
  if (folder !== undefined) host.disk.change(folder, { mode: 0o700, uid: 1000, gid: 1000 });
}
