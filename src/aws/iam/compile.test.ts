import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { limits } from './limits.ts';

const policy = compile({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'reads', Effect: 'Allow', Action: ['S3:Get*', 's3:ListBucket'], Resource: '*' },
    { Sid: 'others', Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
    { Sid: 'broken', Effect: 'Allow', Action: 's3', Resource: '*' },
  ],
});

const sidsAbout = (action: string) => policy.about(action).map(({ sid }) => sid);

test('a compiled policy says of each action which statements cover it, however often it is asked', () => {
  for (const _ of [1, 2]) {
    expect(sidsAbout('s3:getobject')).toEqual(['reads', 'broken']);
    expect(sidsAbout('s3:putobject')).toEqual(['broken']);
    expect(sidsAbout('sns:publish')).toEqual(['others', 'broken']);
  }
});

test('it goes on when it was asked about more actions than it keeps', () => {
  for (let at = 0; at <= limits.actionsKeptMax; at++) policy.about(`s3:get${at}`);
  expect(sidsAbout('s3:putobject')).toEqual(['broken']);
});
