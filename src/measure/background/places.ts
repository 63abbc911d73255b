import type { Luck } from './luck.ts';

/** Where people and programs call from. The blocks are those of large providers of each country; hosts are drawn. */
export interface Country {
  readonly code: string;
  /** Offset of its clock from UTC, hours. */
  readonly zone: number;
  /** First two octets of providers for homes, and for phones. */
  readonly homes: readonly string[];
  readonly phones: readonly string[];
}

export const countries = {
  jp: {
    code: 'jp',
    zone: 9,
    homes: ['126.10', '126.77', '60.66', '121.84', '133.106', '1.33'],
    phones: ['126.33', '49.98'],
  },
  de: { code: 'de', zone: 1, homes: ['84.140', '91.12', '93.193', '79.210'], phones: ['80.187', '109.40'] },
  us: { code: 'us', zone: -5, homes: ['73.15', '98.42', '71.56', '24.16'], phones: ['174.202', '172.56'] },
  gb: { code: 'gb', zone: 0, homes: ['86.140', '81.108', '90.197'], phones: ['92.40', '148.252'] },
  in: { code: 'in', zone: 5, homes: ['49.37', '106.51', '122.171'], phones: ['106.210', '47.8'] },
  fr: { code: 'fr', zone: 1, homes: ['90.12', '82.64', '78.193'], phones: ['37.166', '92.184'] },
  br: { code: 'br', zone: -3, homes: ['177.32', '187.20', '189.4'], phones: ['177.26', '187.68'] },
  sg: { code: 'sg', zone: 8, homes: ['121.7', '175.156'], phones: ['119.56'] },
} as const satisfies Readonly<Record<string, Country>>;

/** Everybody in an office, or on the company's VPN, shares a few addresses. */
export const offices: Readonly<Record<string, readonly string[]>> = {
  jp: ['203.141.87.10', '203.141.87.11'],
  de: ['193.96.224.34'],
  us: ['12.34.61.66'],
};
export const vpnExits: readonly string[] = ['203.141.87.20', '193.96.224.40', '12.34.61.70'];

/** The machine room that was never moved to the cloud. */
export const machineRoom: readonly string[] = ['203.141.88.5', '203.141.88.6', '203.141.88.9'];

/** Hosted runners of a CI provider: machines of somebody else's cloud, another one each time. */
export function runnerAddress(luck: Luck): string {
  return within(
    luck,
    luck.pick(['20.42', '4.227', '13.64', '52.234', '172.183', '20.55', '40.84', '52.154', '20.109', '13.90']),
  );
}

export function homeAddress(luck: Luck, country: Country): string {
  return within(luck, luck.pick(country.homes));
}

/** Another one whenever it is picked up. */
export function phoneAddress(luck: Luck, country: Country): string {
  return within(luck, luck.pick(country.phones));
}

/** Vendors who look after the accounts run on the same cloud, behind a few addresses each. */
export const vendorAddresses: Readonly<Record<string, readonly string[]>> = {
  metrics: ['3.80.112.40', '34.229.18.7', '52.86.204.91', '54.236.77.133', '3.80.9.201', '34.229.200.16'],
  costs: ['18.156.12.9', '52.28.77.30'],
  posture: ['34.102.55.17', '34.102.55.18', '34.102.58.4'],
};

/** Public addresses of the account's own machines, by region: NAT gateways, one a zone and network. */
export function natAddress(luck: Luck, region: string): string {
  return within(luck, luck.pick(natBlocks[region] ?? ['3.80']));
}

const natBlocks: Readonly<Record<string, readonly string[]>> = {
  'ap-northeast-1': ['3.112', '18.182', '52.68', '54.178'],
  'eu-central-1': ['3.120', '52.57', '18.156'],
  'us-east-1': ['34.229', '52.86', '54.236'],
};

function within(luck: Luck, block: string): string {
  return `${block}.${luck.whole(0, 255)}.${luck.whole(1, 254)}`;
}
