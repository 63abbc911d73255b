import { readFileSync } from 'node:fs';
import { type CountryResponse, Reader } from 'mmdb-lib';
import { isPublic } from '../../aws/address.ts';
import type { RemoteIp } from '../../model/finding.ts';
import { dependencyPath } from '../../root.ts';

/** Countries of public addresses, by the registries' data that is bundled. Read when first asked. */
export function geography(): (address: string) => RemoteIp {
  let reader: Reader<CountryResponse> | undefined;
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const known = new Map<string, RemoteIp>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    reader ??= new Reader<CountryResponse>(
      readFileSync(dependencyPath('@ip-location-db', 'geo-whois-asn-country-mmdb', file)),
    );
    const code = isPublic(address) ? (reader.get(address) as Country | null)?.country_code : undefined;
    const country = code === undefined ? undefined : names.of(code);
    const told = { ipAddressV4: address, ...(country === undefined ? {} : { country }) };
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
