import { type ListUse, listUses, type World } from '../detect/world.ts';
import { findFiles } from '../run/adapters/files/find.ts';
import { type ListFile, type ReadList, readList, readLists, readOwners } from '../run/adapters/files/lists.ts';
import { UserError } from '../run/errors.ts';
import { fileWorld } from '../run/file-world.ts';
import type { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/** What detectors may know, of the lists and tables that were given. */
export function worldGiven(invocation: Invocation): World {
  const given = (option: string, use: ListUse) => filesGiven(invocation, option).map((path) => ({ use, path }));
  const all = [
    ...given('threat-list', 'custom'),
    ...given('known-list', 'known'),
    ...given('tor-list', 'tor-exit'),
    ...invocation.texts('list').flatMap((text) => listsGiven(text, invocation.terminal.cwd)),
  ];
  return fileWorld({ ...readLists(all, (path) => listAt(path, invocation.terminal)), ...ownersGiven(invocation) });
}

/** A list that was meant to be one. What stands in it and cannot be used is said, because nobody would miss it. */
function listAt(path: string, terminal: Terminal): ReadList {
  const read = readList(path);
  const { list, ignored, isBlank } = read;
  if (list.size === 0 && !isBlank) throw unusable(path);
  const left = {
    en: `${path}: ${list.size} used, ${ignored} left out, which are no address, range, name or hash`,
    ja: `${path}: ${list.size} 件を使用。アドレス、範囲、ドメイン名、ハッシュのいずれでもない ${ignored} 件は除外`,
  };
  if (ignored > 0) terminal.err(`${terminal.say(left)}\n`);
  return read;
}

function unusable(path: string): UserError {
  return new UserError({
    code: 'DETECT_LIST_UNUSABLE',
    message: {
      en: `"${path}" has no address, range, name or hash`,
      ja: `"${path}" にアドレス、範囲、ドメイン名、ハッシュがありません`,
    },
    expected: { en: 'a list: lines, CSV, STIX 2.1 or a MISP export', ja: 'リスト (1 行に 1 つ、CSV、STIX 2.1、MISP)' },
    hint: `head -3 ${path}`,
  });
}

function ownersGiven(invocation: Invocation) {
  const paths = filesGiven(invocation, 'address-owners');
  const ownerOf = readOwners(paths);
  if (ownerOf !== undefined || paths.length === 0) return ownerOf === undefined ? {} : { ownerOf };
  throw new UserError({
    code: 'DETECT_LIST_UNUSABLE',
    message: {
      en: `--address-owners "${paths[0]}" has no line of address and account`,
      ja: `--address-owners "${paths[0]}" にアドレスとアカウントの行がありません`,
    },
    expected: { en: 'lines of address or range, comma, account id', ja: '「アドレスまたは範囲,アカウント ID」の行' },
    hint: '203.0.113.0/24,111122223333',
  });
}

/** Whether an address is on a list of those that make no findings. */
export function trustedGiven(invocation: Invocation): (address: string) => boolean {
  const lists = filesGiven(invocation, 'trusted-list').map((path) => listAt(path, invocation.terminal).list);
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
