import type { Task } from '../../clock.ts';
import type { Exchange } from '../../network/network.ts';
import type { HostInside } from '../host.ts';

/** A port for one connection, from the range that Linux takes them from. */
export function ephemeralPort(task: Pick<Task, 'random'>): number {
  return 32768 + Math.floor(task.random() * 28232);
}

/** One TCP conversation, as the two records that it leaves: its packets and bytes are what such a conversation has. */
export function converse(
  host: HostInside,
  task: Pick<Task, 'random'>,
  to: { readonly address: string; readonly port: number; readonly sport?: number },
  size: {
    readonly packets: number;
    readonly bytes: number;
    readonly answerPackets: number;
    readonly answerBytes: number;
  },
): Exchange {
  return host.ports.net.exchange({
    dst: to.address,
    protocol: 6,
    sport: to.sport ?? ephemeralPort(task),
    dport: to.port,
    // The request has SYN and FIN, the answer SYN-ACK and FIN, as AWS records short connections.
    flags: 3,
    packets: size.packets,
    bytes: size.bytes,
    answer: { packets: size.answerPackets, bytes: size.answerBytes, flags: 19 },
  });
}

/** The address from which an API call arrives, undefined when no packet of it does. */
export function reachAws(
  host: HostInside,
  service: string,
  region: string,
  task: Pick<Task, 'random'>,
): string | undefined {
  const to = { address: host.ports.aws.address(service, region), port: 443 };
  const { there, open } = converse(host, task, to, { packets: 12, bytes: 3000, answerPackets: 14, answerBytes: 7000 });
  return open ? there.src : undefined;
}
