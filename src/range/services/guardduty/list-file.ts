import { ipv4Bits, isIpv6, prefixLength } from '../../../aws/network/cidr.ts';

/**
 * The addresses and ranges of a list file.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html#prepare_list
 * Lines without one (headings, remarks) are passed over, as GuardDuty does.
 */
export function entriesOf(text: string, format: string): readonly string[] {
  const candidates = format === 'STIX' ? addressValues(text) : text.split(/\r?\n/).map((line) => fieldOf(line, format));
  return [...new Set(candidates.filter((entry): entry is string => entry !== undefined && isEntry(entry)))];
}

/** The vendors' tables differ in where the address stands; no other column of theirs can be one. */
function fieldOf(line: string, format: string): string | undefined {
  if (format === 'TXT') return line.trim();
  const fields = line.split(format === 'ALIEN_VAULT' ? '#' : ',');
  return fields.map((field) => field.trim().replace(/^"(.*)"$/, '$1')).find(isEntry);
}

function isEntry(text: string): boolean {
  const [base = ''] = text.split('/');
  return (ipv4Bits(base) >= 0 || isIpv6(base)) && prefixLength(text) >= 0;
}

/** STIX 1: `<AddressObject:Address_Value condition="Equals">192.0.2.0##comma##198.51.100.0</...>`. */
function addressValues(text: string): readonly string[] {
  const values = text.matchAll(/<(?:[\w.-]+:)?Address_Value\b[^>]*>([^<]*)</g);
  return [...values].flatMap(([, value = '']) => value.split('##comma##').map((each) => each.trim()));
}
