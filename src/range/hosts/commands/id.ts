import { failed, type HostCommand, printed, readFlags } from '../seat.ts';
import { accountNamed, accountOfUid, groupsOfAccount } from '../users/accounts.ts';

export const id: HostCommand = {
  names: ['id', 'whoami', 'groups', 'logname'],
  run(args, { disk, actor }, _context, name) {
    const { flags, rest } = readFlags(args, []);
    const wanted = rest[0];
    const account = wanted === undefined ? accountOfUid(disk, actor.uid) : accountNamed(disk, wanted);
    if (account === undefined)
      return failed(
        wanted === undefined ? `${name}: cannot find name for user ID ${actor.uid}` : `id: '${wanted}': no such user`,
      );
    if (name === 'whoami' || name === 'logname') return printed(`${account.name}\n`);
    const groups = groupsOfAccount(disk, account);
    const main = groups[0];
    if (name === 'groups') return printed(`${groups.map((group) => group.name).join(' ')}\n`);
    const named = flags.has('n');
    if (flags.has('u')) return printed(`${named ? account.name : account.uid}\n`);
    if (flags.has('g')) return printed(`${named ? main?.name : account.gid}\n`);
    if (flags.has('G')) return printed(`${groups.map((group) => (named ? group.name : group.gid)).join(' ')}\n`);
    const list = groups.map((group) => `${group.gid}(${group.name})`).join(',');
    return printed(`uid=${account.uid}(${account.name}) gid=${account.gid}(${main?.name}) groups=${list}\n`);
  },
};
