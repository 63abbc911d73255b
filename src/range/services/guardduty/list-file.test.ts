import { expect, test } from 'vitest';
import { entriesOf } from './list-file.ts';

const stix = `<stix:STIX_Package xmlns:AddressObject="http://cybox.mitre.org/objects#AddressObject-2">
  <AddressObject:Address_Value condition="Equals">192.0.2.0##comma##198.51.100.0/24</AddressObject:Address_Value>
  <AddressObject:Address_Value>not an address</AddressObject:Address_Value>
</stix:STIX_Package>`;

test.each([
  [
    'TXT',
    '192.0.2.0\r\n198.51.100.0/24\n\n# remark\n192.0.2.0\n2001:db8::1\n300.1.1.1\n10.0.0.0/33',
    ['192.0.2.0', '198.51.100.0/24', '2001:db8::1'],
  ],
  ['STIX', stix, ['192.0.2.0', '198.51.100.0/24']],
  [
    'OTX_CSV',
    'Indicator type, Indicator, Description\nCIDR, 192.0.2.0/24, example\nIPv4, 198.51.100.1, example',
    ['192.0.2.0/24', '198.51.100.1'],
  ],
  ['FIRE_EYE', 'reportId, title, threatScape, audience, ip\nReport1, "a title", x, y, 192.0.2.0', ['192.0.2.0']],
  [
    'PROOF_POINT',
    'ip, category, score, first_seen, last_seen, ports (|)\n192.0.2.1, 1, 100, 2000-01-01, 2000-01-01,',
    ['192.0.2.1'],
  ],
  ['ALIEN_VAULT', '192.0.2.1#4#2#Malicious Host#KR##37.5111999512,126.974098206#3', ['192.0.2.1']],
])('addresses of a %s list', (format, text, entries) => {
  expect(entriesOf(text, format)).toEqual(entries);
});
