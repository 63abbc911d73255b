import { failed, type HostCommand, printed, type Seat } from '../seat.ts';

export const systemctl: HostCommand = {
  names: ['systemctl', 'service', 'chkconfig', 'initctl'],
  run(args, seat, _context, name) {
    const words = args.filter((arg) => !arg.startsWith('-'));
    if (name === 'service') return act(seat, words[1] ?? 'status', [words[0] ?? ''], false);
    if (name === 'chkconfig') return act(seat, words[1] === 'off' ? 'disable' : 'enable', [words[0] ?? ''], false);
    const [verb = 'list-units', ...units] = words;
    return act(seat, verb, units, args.includes('--now'));
  },
};

function act(seat: Seat, verb: string, names: readonly string[], now: boolean) {
  const { units } = seat.host;
  if (verb === 'daemon-reload' || verb === 'reset-failed') return printed('');
  const reading = ['status', 'is-active', 'is-enabled', 'list-units', 'show'].includes(verb);
  if (!reading && seat.actor.uid !== 0)
    return failed(`Failed to ${verb} ${names[0] ?? ''}.service: Interactive authentication required.`);
  let output = '';
  for (const name of names.map((one) => one.replace(/\.service$/, ''))) {
    if (!units.exists(name)) {
      if (verb === 'is-active') return printed('inactive\n', 3);
      return failed(
        verb === 'enable' || verb === 'disable'
          ? `Failed to ${verb} unit: Unit file ${name}.service does not exist.`
          : `Failed to ${verb} ${name}.service: Unit ${name}.service not found.`,
        5,
      );
    }
    const failure = change(seat, verb, name, now);
    if (failure !== undefined) return failure;
    if (verb === 'is-active')
      return printed(
        units.active(name) === undefined ? 'inactive\n' : 'active\n',
        units.active(name) === undefined ? 3 : 0,
      );
    if (verb === 'is-enabled')
      return printed(units.enabled(name) ? 'enabled\n' : 'disabled\n', units.enabled(name) ? 0 : 1);
    if (verb === 'status')
      output += `● ${name}.service\n   Active: ${units.active(name) === undefined ? 'inactive (dead)' : 'active (running)'}\n`;
  }
  return printed(output);
}

function change({ host }: Seat, verb: string, name: string, now: boolean) {
  const { units } = host;
  const starting =
    ['start', 'restart', 'reload', 'try-restart', 'reload-or-restart'].includes(verb) || (verb === 'enable' && now);
  if (verb === 'enable') units.enable(name);
  if (verb === 'disable') units.disable(name);
  if (['stop', 'restart', 'reload', 'try-restart', 'reload-or-restart'].includes(verb) || (verb === 'disable' && now))
    units.stop(name);
  const failure = starting ? units.start(name) : undefined;
  if (failure === undefined) return undefined;
  host.note(`systemd: ${name}.service: ${failure}`);
  return failed(
    `Job for ${name}.service failed because the control process exited with error code.\nSee "systemctl status ${name}.service" and "journalctl -xeu ${name}.service" for details.`,
  );
}
