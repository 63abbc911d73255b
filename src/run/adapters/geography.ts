import { readFileSync } from 'node:fs';
import { type CountryResponse, Reader } from 'mmdb-lib';
import { isPublic } from '../../aws/address.ts';
import type { RemoteIp } from '../../model/finding.ts';
import { dependencyPath } from '../../root.ts';
import type { NetworkOf } from './networks.ts';

/** Countries of public addresses by the registries' data that is bundled, read when first asked, and their networks. */
export function geography(networkOf: NetworkOf): (address: string) => RemoteIp {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const placeOf = (reader: Reader<CountryResponse>, address: string): Omit<RemoteIp, 'ipAddressV4'> => {
    const code = (reader.get(address) as Country | null)?.country_code;
    const country = code === undefined ? undefined : names.of(code);
    const network = networkOf(address);
    return {
      ...(country === undefined ? {} : { country }),
      ...(network === undefined ? {} : { asn: String(network.asn), asnOrg: network.organisation }),
    };
  };
  let reader: Reader<CountryResponse> | undefined;
  const known = new Map<string, RemoteIp>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    reader ??= new Reader<CountryResponse>(
      readFileSync(dependencyPath('@ip-location-db', 'geo-whois-asn-country-mmdb', file)),
    );
    const told = { ipAddressV4: address, ...(isPublic(address) ? placeOf(reader, address) : {}) };
    if (known.size >= addressesKnown) known.clear();
    known.set(address, told);
    return told;
  };
}

/** This data is flat, unlike MaxMind's, whose shapes the reader's types have. */
interface Country {
  readonly country_code?: string;
}

const file = 'geo-whois-asn-country.mmdb';
const addressesKnown = 16_384;
