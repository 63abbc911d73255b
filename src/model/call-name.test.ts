import { expect, test } from 'vitest';
import { undated } from './call-name.ts';

test.each([
  ['CreateFunction20150331', 'CreateFunction'],
  ['AddPermission20150331v2', 'AddPermission'],
  ['UpdateFunctionConfiguration20150331_v2', 'UpdateFunctionConfiguration'],
  ['CreateInvalidation2020_05_31', 'CreateInvalidation'],
  ['ListObjectsV2', 'ListObjectsV2'],
])('%s is %s', (name, expected) => {
  expect(undated(name)).toBe(expected);
});
