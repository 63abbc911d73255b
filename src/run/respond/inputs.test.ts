import { describe, expect, it } from 'vitest';
import { findingById } from '../finding-by-id.ts';
import { credentialsIn } from './credentials.ts';
import { findingsIn } from './findings-in.ts';

const keys = { accessKeyId: 'AKIAX', secretAccessKey: 'hidden', sessionToken: 'token' };
const spelt = { AccessKeyId: 'AKIAX', SecretAccessKey: 'hidden', SessionToken: 'token' };

describe('credentials', () => {
  it.each<[string, object, object]>([
    ['of yagura', { ...keys, endpoint: 'http://127.0.0.1:1', region: 'r' }, { keys, endpoint: 'http://127.0.0.1:1' }],
    ['of a credential process', { Version: 1, ...spelt }, { keys }],
    ['of assume-role', { Credentials: spelt, AssumedRoleUser: {} }, { keys }],
    [
      'without a session',
      { accessKeyId: 'A', secretAccessKey: 'b' },
      { keys: { accessKeyId: 'A', secretAccessKey: 'b' } },
    ],
  ])('%s are read', (_name, given, expected) => {
    expect(credentialsIn(JSON.stringify(given), 'keys.json')).toEqual(expected);
  });

  it.each([
    '',
    '[]',
    'null',
    '{"accessKeyId":"AKIAX"}',
    'aws_secret_access_key = hidden',
    '{"secretAccessKey":"hidden"',
  ])('are refused in %j, and never shown', (text) => {
    const attempt = () => credentialsIn(text, 'keys.json');
    expect(attempt).toThrow(expect.objectContaining({ code: 'RESPOND_CREDENTIALS_UNREADABLE' }));
    expect(attempt).not.toThrow(/hidden|AKIAX/);
  });
});

describe('findings', () => {
  const finding = (id: string, more: object = {}) => ({ schemaVersion: '2.0', id, type: 'T', ...more });
  const lines = (...values: unknown[]) => `${values.map((value) => JSON.stringify(value)).join('\n')}\n`;

  it.each<[string, string, readonly object[]]>([
    ['lines with a summary', lines(finding('a'), finding('b'), { summary: {} }), [finding('a'), finding('b')]],
    ['told twice', lines(finding('a'), finding('a', { severity: 8 })), [finding('a', { severity: 8 })]],
    ['an event', lines({ 'detail-type': 'GuardDuty Finding', detail: finding('a') }), [finding('a')]],
    ['a list', JSON.stringify([finding('a')], null, 2), [finding('a')]],
    [
      'as the API answers',
      JSON.stringify({ Findings: [{ Id: 'a', Type: 'T', Resource: { S3BucketDetails: [{ Arn: 'x' }] } }] }, null, 2),
      [{ id: 'a', type: 'T', resource: { s3BucketDetails: [{ arn: 'x' }] } }],
    ],
  ])('%s are read', (_name, text, expected) => {
    expect(findingsIn(text, 'found.jsonl')).toEqual(expected);
  });

  it.each([
    ['', 'RESPOND_NO_FINDINGS'],
    ['{"summary":{}}', 'RESPOND_NO_FINDINGS'],
    ['{"id":1,"type":2}', 'RESPOND_NO_FINDINGS'],
    ['{"id":"a","type":"T"}\n{"id":', 'RESPOND_FINDINGS_UNREADABLE'],
  ])('in %j are refused', (text, code) => {
    expect(() => findingsIn(text, 'found.jsonl')).toThrow(expect.objectContaining({ code }));
  });
});

describe('an id', () => {
  const find = (typed: string) => findingById(['abc', 'abd', 'x', 'xy'], typed, (id) => id);

  it.each([
    ['abc', 'abc'],
    ['xy', 'xy'],
    ['x', 'x'],
  ])('%s is one', (typed, expected) => {
    expect(find(typed)).toBe(expected);
  });

  it.each([
    ['ab', 'FINDING_AMBIGUOUS'],
    ['q', 'FINDING_UNKNOWN'],
    ['', 'FINDING_UNKNOWN'],
  ])('%j is none', (typed, code) => {
    expect(() => find(typed)).toThrow(expect.objectContaining({ code }));
  });
});
