import { type ListUse, listUses, type World } from '../detect/world.ts';
import { findFiles } from '../run/adapters/files/find.ts';
import { type ListFile, readList, readLists, readOwners } from '../run/adapters/files/lists.ts';
import { fileWorld } from '../run/file-world.ts';
import { UserError } from './errors.ts';
import type { Invocation } from './invocation.ts';

/** What detectors may know, of the lists and tables that were given. */
export function worldGiven(invocation: Invocation): World {
  const given = (option: string, use: ListUse) => filesGiven(invocation, option).map((path) => ({ use, path }));
  const owners = filesGiven(invocation, 'address-owners');
  return fileWorld({
    ...readLists([
      ...given('threat-list', 'custom'),
      ...given('known-list', 'known'),
      ...given('tor-list', 'tor-exit'),
      ...invocation.texts('list').flatMap((text) => listsGiven(text, invocation.terminal.cwd)),
    ]),
    ...(owners.length === 0 ? {} : { ownerOf: readOwners(owners) }),
  });
}

/** Whether an address is on a list of those that make no findings. */
export function trustedGiven(invocation: Invocation): (address: string) => boolean {
  const lists = filesGiven(invocation, 'trusted-list').map((path) => readList(path).list);
  return (address) => lists.some((list) => list.match(address) !== undefined);
}

function filesGiven(invocation: Invocation, option: string): readonly string[] {
  const { files, missing } = findFiles(invocation.texts(option), invocation.terminal.cwd);
  if (missing[0] !== undefined) throw absent(`--${option}`, missing[0]);
  return files;
}

/** `mining=pools.txt`. */
function listsGiven(text: string, cwd: string): readonly ListFile[] {
  const equals = text.indexOf('=');
  const use = listUses.find((each) => each === text.slice(0, equals));
  if (use === undefined) {
    throw new UserError({
      code: 'DETECT_LIST_USE',
      message: { en: `--list "${text}" names no use`, ja: `--list "${text}" の用途が正しくありません` },
      expected: {
        en: `use=file, with a use of ${listUses.join(', ')}`,
        ja: `用途=ファイル。用途は ${listUses.join('、')}`,
      },
      hint: '--list mining=pools.txt',
    });
  }
  const { files, missing } = findFiles([text.slice(equals + 1)], cwd);
  if (missing[0] !== undefined) throw absent(`--list ${use}`, missing[0]);
  return files.map((path) => ({ use, path }));
}

function absent(option: string, path: string): UserError {
  return new UserError({
    code: 'DETECT_NOTHING_THERE',
    message: { en: `${option} "${path}" names no file`, ja: `${option} "${path}" に当たるファイルがありません` },
    expected: { en: 'a list: lines, CSV, STIX 2.1 or a MISP export', ja: 'リスト (1 行に 1 つ、CSV、STIX 2.1、MISP)' },
    hint: `ls ${path}`,
  });
}
