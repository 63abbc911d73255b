import { expect, it } from 'vitest';
import { keysIn } from './keys.ts';

const keys = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'ab/c+d', sessionToken: 'FwoG/x+y==' };

it.each([
  [
    "a script's exports",
    '#!/bin/bash\nexport AWS_ACCESS_KEY_ID=ASIAEXAMPLE AWS_SECRET_ACCESS_KEY=ab/c+d AWS_SESSION_TOKEN=FwoG/x+y==\naws s3 ls\n',
  ],
  [
    'a profile',
    '[default]\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = ab/c+d\naws_session_token = FwoG/x+y==\n',
  ],
  [
    'the answer of the metadata service',
    '{\n  "Type" : "AWS-HMAC",\n  "AccessKeyId" : "ASIAEXAMPLE",\n  "SecretAccessKey" : "ab/c+d",\n  "Token" : "FwoG/x+y=="\n}',
  ],
])('reads the keys in %s', (_, text) => {
  expect(keysIn(text)).toEqual(keys);
});

it.each([
  ['nothing', ''],
  ['keys of a user, which have no token', 'AWS_ACCESS_KEY_ID=AKIAEXAMPLE\nAWS_SECRET_ACCESS_KEY=ab/c+d\n'],
  ['empty values', 'export AWS_ACCESS_KEY_ID= AWS_SECRET_ACCESS_KEY= AWS_SESSION_TOKEN=\n'],
])('finds none in %s', (_, text) => {
  expect(keysIn(text)).toBeUndefined();
});
