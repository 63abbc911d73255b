import { expect, test } from 'vitest';
import { isPublicPolicy } from './public.ts';

const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const when = (Condition: object) => ({ ...everybody, Condition });
const from = (address: string | readonly string[]) => when({ IpAddress: { 'aws:SourceIp': address } });

test.each<[string, object | readonly object[], boolean]>([
  ['everybody', everybody, true],
  ['everybody, as AWS', { ...everybody, Principal: { AWS: '*' } }, true],
  ['everybody among others', { ...everybody, Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }, true],
  ['one account', { ...everybody, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
  ['a service', { ...everybody, Principal: { Service: 'logging.s3.amazonaws.com' } }, false],
  ['nobody', { ...everybody, Principal: null }, false],
  ['all but one', { Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: '*', Resource: '*' }, true],
  ['a Deny', { ...everybody, Effect: 'Deny' }, false],
  ['one of several statements', [{ ...everybody, Effect: 'Deny' }, everybody], true],
  ['who comes from one address', from('203.0.113.9'), false],
  ['who comes from a small network', from(['203.0.113.0/24', '2001:db8::/32']), false],
  ['who comes from a network of /8', from('10.0.0.0/8'), false],
  ['who comes from a network of /7', from('10.0.0.0/7'), true],
  ['who comes from an IPv6 network of /31', from('2001:db8::/31'), true],
  ['who comes from a small network or from anywhere', from(['203.0.113.0/24', '0.0.0.0/0']), true],
  ['who comes from nowhere named', from([]), true],
  ['one organisation', when({ StringEquals: { 'AWS:PrincipalOrgID': 'o-1' } }), false],
  ['one organisation or none', when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }), true],
  ['all but one organisation', when({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }), true],
  ['any organisation', when({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), true],
  ['whom a variable names', when({ StringEquals: { 'aws:PrincipalArn': '${aws:username}' } }), true],
  ['who has an organisation', when({ Null: { 'aws:PrincipalOrgID': 'false' } }), true],
  ['what no key of these narrows', when({ StringEquals: { 'aws:UserAgent': 'x' } }), true],
])('a policy for %s', (_who, Statement, expected) => {
  expect(isPublicPolicy(JSON.stringify({ Version: '2012-10-17', Statement }))).toBe(expected);
});
