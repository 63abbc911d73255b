import { resolve } from '../disk/view.ts';
import { putFile } from '../image/install.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';

/** `amazon-cloudwatch-agent-ctl -a fetch-config -c file:PATH -s`. */
export const agentControl: HostCommand = {
  names: ['amazon-cloudwatch-agent-ctl'],
  package: 'amazon-cloudwatch-agent',
  run(args, { host, disk, actor }, context) {
    if (actor.uid !== 0) return failed('amazon-cloudwatch-agent-ctl: must be run as root');
    const { flags } = readFlags(args, ['a', 'm', 'c', 'o']);
    const unit = 'amazon-cloudwatch-agent';
    const action = flags.get('a') ?? 'status';
    if (action === 'status')
      return printed(`{\n  "status": "${host.units.active(unit) === undefined ? 'stopped' : 'running'}"\n}\n`);
    if (action === 'fetch-config' || action === 'append-config') {
      const source = flags.get('c') ?? '';
      if (!source.startsWith('file:'))
        return failed(`unable to fetch config from ${source}: only file: is modelled on this host`);
      const text = Buffer.from(disk.read(resolve(context.cwd, source.slice(5)), actor)).toString('utf8');
      putFile(disk, '/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d/file_config.json', text);
    }
    if (action === 'stop' || flags.has('s')) host.units.stop(unit);
    const failure = action === 'start' || flags.has('s') ? host.units.start(unit) : undefined;
    if (failure !== undefined) return failed(failure);
    if (flags.has('s')) host.units.enable(unit);
    return printed('Configuration validation succeeded\n');
  },
};
