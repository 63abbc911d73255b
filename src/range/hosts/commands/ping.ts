import { ipv4Bits } from '../../../aws/network/cidr.ts';
import { hostLimits } from '../limits.ts';
import { failed, type HostCommand, readFlags } from '../seat.ts';

export const ping: HostCommand = {
  names: ['ping', 'ping6'],
  async run(args, { host, task, job }) {
    const { flags, rest } = readFlags(args, ['c', 'i', 'W', 'w', 's', 't', 'I']);
    const name = rest[0] ?? '';
    const { net } = host.ports;
    const address = ipv4Bits(name) >= 0 || name.includes(':') ? name : net.resolve(name);
    if (address === undefined) return failed(`ping: ${name}: Name or service not known`, 2);
    // Without -c it goes on until it is killed; its output would only appear then, so a stated number stands for ever.
    const count = Math.min(Number(flags.get('c') ?? hostLimits.pings), hostLimits.pings);
    const everyMs = Number(flags.get('i') ?? 1) * 1000;
    const id = job.pid & 0xffff;
    let received = 0;
    const lines: string[] = [`PING ${name} (${address}) 56(84) bytes of data.`];
    for (let seq = 1; seq <= count && !job.abort.signal.aborted; seq++) {
      const sized = { packets: 1, bytes: 84 };
      const { open } = net.exchange({
        dst: address,
        protocol: 1,
        sport: 0,
        dport: 0,
        icmp: { type: 8, code: 0, id },
        ...sized,
        answer: sized,
      });
      if (open) {
        received++;
        lines.push(
          `64 bytes from ${address}: icmp_seq=${seq} ttl=255 time=0.${200 + Math.floor(task.random() * 500)} ms`,
        );
      }
      if (seq < count) await task.sleep(everyMs, job.abort.signal);
      else if (!open) await task.sleep(Number(flags.get('W') ?? 10) * 1000, job.abort.signal);
    }
    const lost = count === 0 ? 0 : Math.round(((count - received) / count) * 100);
    lines.push(
      '',
      `--- ${name} ping statistics ---`,
      `${count} packets transmitted, ${received} received, ${lost}% packet loss, time ${(count - 1) * everyMs}ms`,
    );
    return { stdout: `${lines.join('\n')}\n`, stderr: '', exitCode: received > 0 ? 0 : 1 };
  },
};
