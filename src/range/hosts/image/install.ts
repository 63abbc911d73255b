import type { Disk } from '../disk/disk.ts';
import { link } from '../disk/inode.ts';
import type { PackageSpec } from './packages.ts';

/** The package database: one line `name version release` each. */
const databasePath = '/var/lib/rpm/packages';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly release: string;
}

export function installedPackages(disk: Disk): readonly InstalledPackage[] {
  return disk
    .text(databasePath)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', version = '', release = ''] = line.split(' ');
      return { name, version, release };
    });
}

export function installPackage(disk: Disk, spec: PackageSpec): void {
  for (const command of spec.commands ?? []) putProgram(disk, command);
  for (const [path, command] of Object.entries(spec.programs ?? {})) putProgram(disk, command, path);
  for (const [path, text] of Object.entries(spec.files ?? {}))
    if (disk.find(path) === undefined) putFile(disk, path, text);
  for (const unit of spec.units ?? []) putFile(disk, unitPath(unit), `[Unit]\nDescription=${spec.summary}\n`);
  for (const unit of spec.enabled ?? []) enableUnit(disk, unit);
  putFile(disk, databasePath, `${disk.text(databasePath)}${spec.name} ${spec.version} ${spec.release}\n`);
}

export function removePackage(disk: Disk, spec: PackageSpec): void {
  const kept = installedPackages(disk).filter(({ name }) => name !== spec.name);
  putFile(disk, databasePath, kept.map((one) => `${one.name} ${one.version} ${one.release}\n`).join(''));
  const gone = [
    ...(spec.commands ?? []).map((name) => `/usr/bin/${name}`),
    ...Object.keys(spec.programs ?? {}),
    ...(spec.units ?? []).map(unitPath),
  ];
  for (const path of gone) if (disk.find(path) !== undefined) disk.remove(path, { uid: 0, gids: [0], umask: 0 }, false);
}

/** Bash looks for an executable file before it runs a command; this text tells just-bash that the command is built in. */
export function putProgram(disk: Disk, name: string, path?: string): void {
  // Elsewhere than there just-bash would take the text for a script that does nothing.
  if (path !== undefined) putFile(disk, path, `#!/bin/bash\n/usr/bin/${name} "$@"\n`, 0o755);
  else putFile(disk, `/usr/bin/${name}`, `#!/bin/bash\n# Built-in command: ${name}\n`, 0o755);
}

export function unitPath(unit: string): string {
  return `/usr/lib/systemd/system/${unit}.service`;
}

export function wantsPath(unit: string): string {
  return `/etc/systemd/system/multi-user.target.wants/${unit}.service`;
}

export function enableUnit(disk: Disk, unit: string): void {
  if (disk.find(wantsPath(unit), undefined, false) !== undefined) return;
  putFolder(disk, '/etc/systemd/system/multi-user.target.wants');
  disk.link(wantsPath(unit), link(unitPath(unit), 0));
}

export function putFile(disk: Disk, path: string, text: string, mode = 0o644, uid = 0, gid = uid): void {
  putFolder(disk, path.slice(0, path.lastIndexOf('/')) || '/');
  disk.write(path, Buffer.from(text));
  const node = disk.find(path);
  if (node !== undefined) disk.change(node, { mode, uid, gid });
}

export function putFolder(disk: Disk, path: string, mode = 0o755): void {
  if (disk.find(path) === undefined) disk.mkdir(path, undefined, true, mode);
}
