import { expect, test } from 'vitest';
import { geography } from './geography.ts';

test.each([
  ['133.11.0.1', 'Japan'],
  ['2001:4860:4860::8888', 'United States'],
  ['10.0.0.1', undefined],
  ['s3.amazonaws.com', undefined],
])('%s is in %s', (address, country) => {
  expect(geography()(address)).toEqual({ ipAddressV4: address, ...(country === undefined ? {} : { country }) });
});
