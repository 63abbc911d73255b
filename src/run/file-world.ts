import { type Lists, type ListUse, type Need, unknownWorld, type World } from '../detect/world.ts';
import type { Words } from '../model/words.ts';
import { geography } from './adapters/geography.ts';

/** What is known when logs are all there is: the lists that the user gave. */
export function fileWorld({ lists, uses }: { readonly lists: Lists; readonly uses: ReadonlySet<ListUse> }): World {
  const served = new Set<Need>(['geography', ...[...uses].flatMap((use) => needOf[use] ?? [])]);
  return {
    ...unknownWorld,
    lists,
    remoteIp: geography(),
    lacks: (need) => (served.has(need) ? undefined : missing[need]),
  };
}

const needOf: Readonly<Partial<Record<ListUse, Need>>> = {
  custom: 'custom-threat-list',
  known: 'known-threat-list',
  'tor-exit': 'tor-list',
  'tor-node': 'tor-list',
};

const missing: Readonly<Record<Need, Words>> = {
  'custom-threat-list': { en: 'give one with --threat-list', ja: '--threat-list で与えてください' },
  'known-threat-list': { en: 'give one with --known-list', ja: '--known-list で与えてください' },
  'tor-list': { en: 'give one with --tor-list', ja: '--tor-list で与えてください' },
  'address-lists': {
    en: 'no lists of command, mining, sinkhole, drop or scanner addresses are given',
    ja: 'C&C・マイニング・シンクホール・ドロップ先・スキャナーのアドレスリストが与えられていません',
  },
  'domain-list': { en: 'no list of names is read yet', ja: 'ドメイン名のリストにはまだ対応していません' },
  'aws-ranges': { en: 'the ranges of AWS are not known here', ja: 'AWS のアドレス範囲が分かりません' },
  'address-owners': { en: 'logs do not say whose an address is', ja: 'アドレスの所有者はログから分かりません' },
  geography: { en: 'countries of addresses are not known here', ja: 'アドレスの国が分かりません' },
  reputation: { en: 'no reputation data is given', ja: '評判データが与えられていません' },
};
