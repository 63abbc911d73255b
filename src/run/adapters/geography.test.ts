import { expect, test } from 'vitest';
import { geography } from './geography.ts';
import { amazonNetworks, networks } from './networks.ts';

const network = networks();

test.each([
  ['133.11.0.1', { country: 'Japan', asn: '2501', asnOrg: 'The University of Tokyo' }],
  ['2001:4860:4860::8888', { country: 'United States', asn: '15169', asnOrg: 'Google LLC' }],
  ['10.0.0.1', {}],
  ['s3.amazonaws.com', {}],
])('%s is in %j', (address, place) => {
  expect(geography(network)(address)).toEqual({ ipAddressV4: address, ...place });
});

test.each([
  ['52.94.76.1', true],
  ['2600:1f18::1', true],
  ['2a05:d018:0:1::', true],
  ['8.8.8.8', false],
  ['2001:4860:4860::8888', false],
  ['192.0.2.1', false],
  ['::', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['no address', false],
])('%s is of AWS: %s', (address, isAws) => {
  expect(amazonNetworks.has(network(address)?.asn ?? 0)).toBe(isAws);
});
