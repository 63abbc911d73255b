import type { AccountName, Estate } from './estate.ts';
import type { Luck } from './luck.ts';
import { type Country, countries, homeAddress, offices, phoneAddress, vpnExits } from './places.ts';

export const teams = ['engineering', 'operations', 'security', 'data', 'support', 'finance'] as const;
export type Team = (typeof teams)[number];

export interface Person {
  readonly name: string;
  readonly team: Team;
  readonly country: Country;
  readonly agent: string;
  readonly cli: string;
  readonly luck: Luck;
  /** Where they work in the cloud, and as what. */
  readonly seats: readonly Seat[];
  home: string;
}

export interface Seat {
  readonly account: AccountName;
  readonly permissions: string;
}

const sizes: Readonly<Record<Team, number>> = {
  engineering: 150,
  operations: 18,
  security: 9,
  data: 24,
  support: 26,
  finance: 8,
};

export function peopleOf(estate: Estate): readonly Person[] {
  return teams.flatMap((team) => Array.from({ length: sizes[team] }, (_, index) => personOf(estate, team, index)));
}

export function personOf(estate: Estate, team: Team, index: number): Person {
  const luck = estate.luck.fork(`${team} ${index}`);
  const country = luck.pick(where);
  const os = luck.pick(systems);
  return {
    name: `${luck.pick(given)}.${luck.pick(family)}${index > 90 ? index : ''}@example.com`,
    team,
    country,
    agent: os.browser,
    cli: `aws-cli/2.${luck.whole(15, 31)}.${luck.whole(0, 20)} ${os.cli}`,
    luck,
    seats: seatsOf(luck, team),
    home: homeAddress(luck, country),
  };
}

/** Where somebody is today: at the office, at home, on a train, sometimes abroad. */
export function addressOf(person: Person): string {
  const { luck, country } = person;
  // Providers give homes another address now and then.
  if (luck.chance(0.04)) person.home = homeAddress(luck, country);
  if (luck.chance(0.02)) return phoneAddress(luck, luck.pick(Object.values(countries)));
  if (luck.chance(0.06)) return phoneAddress(luck, country);
  const office = offices[country.code];
  const kind = luck.next();
  if (office !== undefined && kind < 0.45) return luck.pick(office);
  return kind < 0.7 ? luck.pick(vpnExits) : person.home;
}

function seatsOf(luck: Luck, team: Team): readonly Seat[] {
  const seat = (account: AccountName, permissions: string): Seat => ({ account, permissions });
  const all = ['production', 'payments', 'staging', 'development', 'data'] as const;
  const table: Readonly<Record<Team, readonly Seat[]>> = {
    engineering: [
      seat('development', 'PowerUserAccess'),
      seat('staging', 'PowerUserAccess'),
      seat('production', 'ReadOnlyAccess'),
      seat('sandbox', 'AdministratorAccess'),
      ...(luck.chance(0.2) ? [seat('payments', 'ReadOnlyAccess')] : []),
    ],
    operations: [...all.map((account) => seat(account, 'AdministratorAccess')), seat('shared', 'AdministratorAccess')],
    security: [...all.map((account) => seat(account, 'SecurityAudit')), seat('security', 'AdministratorAccess')],
    data: [seat('data', 'DataEngineer'), seat('production', 'ReadOnlyAccess'), seat('sandbox', 'AdministratorAccess')],
    support: [seat('production', 'SupportReadOnly')],
    finance: [seat('management', 'Billing')],
  };
  return table[team];
}

const where: readonly Country[] = [
  ...Array.from({ length: 5 }, () => countries.jp),
  ...Array.from({ length: 3 }, () => countries.de),
  ...Array.from({ length: 3 }, () => countries.us),
  countries.gb,
  countries.in,
  countries.fr,
  countries.br,
  countries.sg,
];

const systems = [
  {
    browser:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    cli: 'md/awscrt#0.27.2 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe',
  },
  {
    browser: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
    cli: 'md/awscrt#0.27.2 ua/2.1 os/windows#11 md/arch#amd64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe',
  },
  {
    browser: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    cli: 'md/awscrt#0.27.2 ua/2.1 os/linux#6.8.0-71-generic md/arch#x86_64 lang/python#3.12.3 md/pyimpl#CPython cfg/retry-mode#standard md/installer#source',
  },
] as const;

const given =
  'aiko ben carla daichi elena felix grace hana ivan jun kenji lena maria noah olga paul rina sam tara yuki'.split(' ');
const family =
  'abe becker costa dubois evans fischer garcia hayashi ito jones kato lopez mori nagai okada patel rossi sato tanaka weber'.split(
    ' ',
  );
