import { failed, type HostCommand, printed, type Seat } from '../seat.ts';
import { unitFile } from '../units.ts';
import { unitFiles, unitList, unitStatus } from './unit-status.ts';

export const systemctl: HostCommand = {
  names: ['systemctl', 'service', 'chkconfig', 'initctl'],
  run(args, seat, _context, name) {
    const words = args.filter((arg) => !arg.startsWith('-'));
    if (name === 'service') return act(seat, words[1] ?? 'status', [words[0] ?? ''], false);
    if (name === 'chkconfig' && words.length === 0) return printed(unitFiles(seat));
    if (name === 'chkconfig') return act(seat, words[1] === 'off' ? 'disable' : 'enable', [words[0] ?? ''], false);
    const [verb = 'list-units', ...units] = words;
    return act(seat, verb, units, args.includes('--now'));
  },
};

const starts = ['start', 'restart', 'reload', 'try-restart', 'reload-or-restart'];
const verbs = [
  ...starts,
  'stop',
  'enable',
  'disable',
  'status',
  'is-active',
  'is-enabled',
  'cat',
  'daemon-reload',
  'reset-failed',
];

function act(seat: Seat, verb: string, names: readonly string[], now: boolean) {
  const { units } = seat.host;
  if (verb === 'list-units' || verb === 'list-unit-files')
    return printed(verb === 'list-units' ? unitList(seat) : unitFiles(seat));
  if (!verbs.includes(verb)) return failed(`systemctl: "${verb}" is not modelled on this host`);
  if (verb === 'daemon-reload' || verb === 'reset-failed') return printed('');
  const reading = ['status', 'is-active', 'is-enabled', 'cat'].includes(verb);
  if (!reading && seat.actor.uid !== 0)
    return failed(`Failed to ${verb} ${names[0] ?? ''}.service: Interactive authentication required.`);
  let output = '';
  let status = 0;
  for (const name of names.map((one) => one.replace(/\.service$/, ''))) {
    if (!units.exists(name)) {
      if (verb === 'is-active') {
        output += 'inactive\n';
        status = 3;
        continue;
      }
      if (verb === 'status') return failed(`Unit ${name}.service could not be found.`, 4);
      return failed(
        verb === 'enable' || verb === 'disable'
          ? `Failed to ${verb} unit: Unit file ${name}.service does not exist.`
          : `Failed to ${verb} ${name}.service: Unit ${name}.service not found.`,
        5,
      );
    }
    const failure = change(seat, verb, name, now);
    if (failure !== undefined) return failure;
    if (verb === 'is-active') {
      output += units.active(name) === undefined ? 'inactive\n' : 'active\n';
      if (units.active(name) === undefined) status = 3;
    }
    if (verb === 'is-enabled')
      return printed(units.enabled(name) ? 'enabled\n' : 'disabled\n', units.enabled(name) ? 0 : 1);
    if (verb === 'status') output += unitStatus(seat, name);
    if (verb === 'status' && units.active(name) === undefined) status = 3;
    if (verb === 'cat') output += `# ${unitFile(seat.disk, name)}\n${seat.disk.text(unitFile(seat.disk, name) ?? '')}`;
  }
  return printed(output, status);
}

function change({ host }: Seat, verb: string, name: string, now: boolean) {
  const { units } = host;
  const starting = starts.includes(verb) || (verb === 'enable' && now);
  if (verb === 'enable') units.enable(name);
  if (verb === 'disable') units.disable(name);
  if (['stop', 'restart', 'reload', 'try-restart', 'reload-or-restart'].includes(verb) || (verb === 'disable' && now))
    units.stop(name);
  const failure = starting ? units.start(name) : undefined;
  if (failure === undefined) return undefined;
  host.note('systemd[1]', `${name}.service: ${failure}`);
  return failed(
    `Job for ${name}.service failed because the control process exited with error code.\nSee "systemctl status ${name}.service" and "journalctl -xeu ${name}.service" for details.`,
  );
}
