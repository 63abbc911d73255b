import { resolve } from '../disk/view.ts';
import { type Opened, openSsh } from '../net/session.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';
import { passwordVariable, targetOf } from './ssh.ts';

const valued = ['o', 'P', 'i', 'F', 'c', 'l', 'S', 'J'];

export const scp: HostCommand = {
  names: ['scp'],
  package: 'openssh-clients',
  async run(args, seat, context) {
    const { flags, rest } = readFlags(args, valued);
    const [from, to] = [readPlace(rest[0] ?? ''), readPlace(rest.at(-1) ?? '')];
    const remote = from.name === undefined ? to : from;
    if (rest.length !== 2 || remote.name === undefined) return failed('usage: scp [-r] [-P port] source target');
    const target = targetOf(args, flags, remote.user, remote.name, seat, context.env.get(passwordVariable));
    const opened = await openSsh(seat, target);
    if (opened.kind === 'failed') return failed(`ssh: ${opened.text}\nscp: Connection closed`, 255);
    const { login, peer } = opened;
    if (login.kind === 'denied')
      return failed(`${target.user}@${target.name}: Permission denied (${login.methods}).`, 255);
    const far = resolve(login.account.home, remote.path === '' ? '.' : remote.path.replace(/^~\//, ''));
    const near = resolve(context.cwd, from.name === undefined ? from.path : to.path);
    const base = (path: string) => path.split('/').pop() ?? '';
    try {
      if (from.name === undefined) {
        const into = peer.disk.find(far, login.actor)?.kind === 'folder' ? `${far}/${base(near)}` : far;
        peer.disk.write(into, seat.disk.read(near, seat.actor).slice(), login.actor);
      } else {
        const into = seat.disk.find(near, seat.actor)?.kind === 'folder' ? `${near}/${base(far)}` : near;
        seat.disk.write(into, peer.disk.read(far, login.actor).slice(), seat.actor, peer.disk.find(far)?.mode ?? 0o644);
      }
      return printed('');
    } catch (error) {
      return failed(`scp: ${remote.path}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      close(opened);
    }
  },
};

function close(opened: Opened): void {
  if (opened.kind === 'open' && opened.login.kind === 'accepted') opened.login.close();
}

function readPlace(text: string): { user: string | undefined; name: string | undefined; path: string } {
  const parts = /^(?:([^@/:]+)@)?([^/:]+):(.*)$/.exec(text);
  return parts === null
    ? { user: undefined, name: undefined, path: text }
    : { user: parts[1], name: parts[2], path: parts[3] ?? '' };
}
