import type { ExecResult } from 'just-bash';
import { ipv4Bits } from '../../../aws/network/cidr.ts';
import { waitFor } from '../bash/internals.ts';
import type { Host } from '../host.ts';
import type { RunningJob } from '../jobs.ts';
import { hostLimits } from '../limits.ts';
import type { Seat } from '../seat.ts';
import type { Login } from '../sshd/login.ts';
import { converse, ephemeralPort } from './reach.ts';

export type Opened =
  | { readonly kind: 'open'; readonly login: Login; readonly peer: Host }
  | { readonly kind: 'failed'; readonly text: string };

export interface Target {
  readonly user: string;
  readonly name: string;
  readonly port: number;
  readonly passwords: readonly string[];
  readonly publicKey?: string;
  readonly timeoutMs?: number;
}

/** A connection to an sshd and what it says to the passwords: each connection is a flow of its own. */
export async function openSsh(seat: Seat, target: Target): Promise<Opened> {
  const { net } = seat.host.ports;
  const address = ipv4Bits(target.name) >= 0 ? target.name : net.resolve(target.name);
  if (address === undefined)
    return { kind: 'failed', text: `Could not resolve hostname ${target.name}: Name or service not known` };
  const sport = ephemeralPort(seat.task);
  // Key exchange and one guess; what the session then carries is small beside it.
  const size = { packets: 14, bytes: 2600, answerPackets: 16, answerBytes: 3400 };
  const { there, open } = converse(seat.host, seat.task, { address, port: target.port, sport }, size);
  const place = `connect to host ${target.name} port ${target.port}`;
  if (!open) {
    await seat.task.sleep(target.timeoutMs ?? hostLimits.connectTimeoutMs, seat.job.abort.signal);
    return { kind: 'failed', text: `${place}: Connection timed out` };
  }
  const peer = there.to === undefined ? undefined : net.hostAt(there.to.id);
  if (peer === undefined || !peer.listens(target.port)) return { kind: 'failed', text: `${place}: Connection refused` };
  const login = peer.login({
    user: target.user,
    passwords: target.passwords,
    address: there.src,
    port: sport,
    ...(target.publicKey === undefined ? {} : { publicKey: target.publicKey }),
  });
  if (login.kind === 'denied') return { kind: 'open', login, peer };
  const local = { address: seat.host.ports.net.interface().address, port: sport };
  const socket = {
    local,
    peer: { address, port: target.port },
    program: 'ssh',
    pid: seat.job.pid,
    uid: seat.actor.uid,
  };
  seat.host.sockets.add(socket);
  const close = () => {
    seat.host.sockets.delete(socket);
    login.close();
  };
  return { kind: 'open', login: { ...login, close }, peer };
}

/** Runs a script on the other host as the one who logged in, and waits for it in virtual time. */
export async function runRemote(
  seat: Seat,
  opened: Opened & { kind: 'open' },
  script: string,
  stdin: string,
): Promise<ExecResult> {
  const { login, peer } = opened;
  if (login.kind !== 'accepted') throw new Error('a session needs an accepted login');
  const job = peer.start(script, { uid: login.account.uid, why: `sshd: ${login.account.name}@notty`, stdin });
  if (job === undefined) {
    login.close();
    return { stdout: '', stderr: 'Connection closed by remote host\n', exitCode: 255 };
  }
  // Inside the range every job is a running one; the public face only hides its insides.
  await waitFor(seat, job as RunningJob);
  if (job.status === undefined) {
    // This side was killed: the other end's shell gets its hang-up, and nobody waits for it.
    peer.kill(job.pid, 1);
    login.close();
    return { stdout: '', stderr: '', exitCode: 255 };
  }
  const result = await job.done;
  login.close();
  return { stdout: result.stdout, stderr: result.stderr, exitCode: result.status };
}
