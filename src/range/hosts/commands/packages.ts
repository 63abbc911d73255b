import { installedPackages, installPackage, removePackage } from '../image/install.ts';
import type { PackageSpec } from '../image/packages.ts';
import { converse } from '../net/reach.ts';
import { failed, type HostCommand, printed, type Seat } from '../seat.ts';

export const packages: HostCommand = {
  names: ['yum', 'dnf', 'apt-get', 'apt', 'amazon-linux-extras'],
  async run(args, seat, _context, name) {
    const words = args.filter((arg) => !arg.startsWith('-'));
    const [verb = '', ...wanted] = words;
    if (['update', 'upgrade', 'makecache', 'clean', 'check-update', 'autoremove', 'groupinstall'].includes(verb))
      return reachMirror(seat) ? printed('Nothing to do.\nComplete!\n') : noMirror();
    if (verb === 'list')
      return printed(
        installedPackages(seat.disk)
          .map((one) => `${one.name}.x86_64  ${one.version}-${one.release}  @System\n`)
          .join(''),
      );
    if (seat.actor.uid !== 0)
      return failed(
        'Error: This command has to be run with superuser privileges (under the root user on most systems).',
      );
    if (verb === 'remove' || verb === 'erase' || verb === 'purge') return remove(seat, wanted);
    if (verb !== 'install' && verb !== 'reinstall')
      return failed(`${name}: command "${verb}" is not modelled on this host`);
    // amazon-linux-extras takes topics such as `epel` and `nginx1`.
    return reachMirror(seat) ? install(seat, wanted) : noMirror();
  },
};

function install(seat: Seat, wanted: readonly string[]) {
  const { disk, host } = seat;
  const found: PackageSpec[] = [];
  for (const word of wanted) {
    const spec = host.image.packages.find((one) => one.name === word || one.name === word.replace(/\d+$/, ''));
    if (spec === undefined && word !== 'epel')
      return failed(`No match for argument: ${word}\nError: Unable to find a match: ${word}`);
    if (spec !== undefined) found.push(spec);
  }
  let output = '';
  for (const spec of found) {
    if (installedPackages(disk).some((one) => one.name === spec.name)) {
      output += `Package ${spec.name}-${spec.version}-${spec.release}.x86_64 is already installed.\n`;
      continue;
    }
    installPackage(disk, spec);
    // The distribution's presets enable these; systemd starts them after the transaction.
    for (const unit of spec.enabled ?? []) host.units.start(unit);
    output += `Installed: ${spec.name}-${spec.version}-${spec.release}.x86_64\n`;
  }
  return printed(`${output}Complete!\n`);
}

function remove({ disk, host }: Seat, wanted: readonly string[]) {
  for (const word of wanted) {
    const spec = host.image.packages.find((one) => one.name === word);
    if (spec === undefined || !installedPackages(disk).some((one) => one.name === word)) continue;
    for (const unit of spec.units ?? []) host.units.stop(unit);
    removePackage(disk, spec);
  }
  return printed('Complete!\n');
}

/** The distribution's mirror is a bucket of AWS's in the region. */
function reachMirror(seat: Seat): boolean {
  const { region } = seat.host.ports.net.interface();
  const address = seat.host.ports.aws.address('s3', region);
  return converse(
    seat.host,
    seat.task,
    { address, port: 443 },
    { packets: 40, bytes: 6000, answerPackets: 900, answerBytes: 1_200_000 },
  ).open;
}

function noMirror() {
  return failed(
    "Errors during downloading metadata for repository 'amazonlinux': Curl error (28): Timeout was reached\nError: Failed to download metadata for repo 'amazonlinux': Cannot prepare internal mirrorlist",
  );
}

export const rpm: HostCommand = {
  names: ['rpm', 'dpkg'],
  run(args, { disk, host }) {
    const flags = args.find((arg) => arg.startsWith('-')) ?? '';
    const names = args.filter((arg) => !arg.startsWith('-'));
    const all = installedPackages(disk);
    const line = (one: (typeof all)[number]) => `${one.name}-${one.version}-${one.release}.x86_64\n`;
    if (flags.includes('qa') || flags === '-l') return printed(all.map(line).join(''));
    if (flags.includes('q')) {
      const found = names.map((name) => all.find((one) => one.name === name));
      const text = found.map((one, index) =>
        one === undefined ? `package ${names[index]} is not installed\n` : line(one),
      );
      return printed(text.join(''), found.includes(undefined) ? 1 : 0);
    }
    // A package file: its name says which package of the catalogue it is.
    for (const path of names) {
      const base = path.split('/').pop() ?? '';
      const spec = host.image.packages.find((one) => base.startsWith(one.name));
      if (spec === undefined) return failed(`error: open of ${path} failed: No such file or directory`);
      if (!all.some((one) => one.name === spec.name)) installPackage(disk, spec);
    }
    return printed('');
  },
};
