import { describe, expect, test } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import { type ReportParts, report } from './report.ts';

const time = Date.UTC(2026, 0, 5);

function finding(more: Partial<Finding>): Finding {
  return {
    id: 'f1',
    account: '111122223333',
    region: 'us-west-2',
    type: 'Stealth:IAMUser/PasswordPolicyChange',
    title: { en: 'The policy was deleted', ja: 'ポリシーが削除された' },
    description: { en: 'Described', ja: '説明' },
    severity: 2,
    technique: 'T1556',
    resource: { type: 'AccessKey', accessKey: { accessKeyId: 'AKIA1', principalId: 'p', userName: 'u', userType: '' } },
    counterpart: '',
    episode: 0,
    count: 1,
    firstSeen: time,
    lastSeen: time + 1000,
    createdAt: time,
    updatedAt: time,
    archived: false,
    evidence: [
      {
        id: 'e',
        kind: 'api-call',
        time,
        source: 'iam.amazonaws.com',
        name: 'DeleteAccountPasswordPolicy',
        principal: 'arn:aws:iam::111122223333:role/r',
        origin: { principal: 'arn:aws:iam::111122223333:user/u', chain: [] },
        address: '203.0.113.1',
        error: '',
        place: { file: 0, offset: 42 },
      },
    ],
    ...more,
  };
}

const story = { account: '111122223333', region: 'us-west-2', id: 's1' };
const parts: ReportParts = {
  locale: 'ja',
  notes: [{ en: 'Could not be read: <x> 1.', ja: '読めなかったもの: <x> 1' }],
  findings: [
    finding({ story }),
    finding({
      ...story,
      type: 'AttackSequence:IAM/CompromisedCredentials',
      severity: 9,
      title: { en: 'Story', ja: '話' },
    }),
  ],
  principals: [
    {
      principal: 'arn:aws:iam::111122223333:user/u',
      account: '111122223333',
      firstSeen: time,
      lastSeen: time,
      calls: { Discovery: { tried: 7, refused: 3 } },
      regions: [{ value: 'us-west-2', count: 7 }],
      addresses: [{ value: '203.0.113.1', count: 7, country: 'Japan' }],
      agents: [{ value: '<img src=x onerror=alert(1)>', count: 7 }],
      keys: [],
      sessions: [],
      unusual: [{ kind: 'region' as const, value: 'eu-west-1', firstSeen: 1 }],
    },
  ],
  files: ['/logs/one.json.gz'],
  activities: 7,
  adviceOf: () => ({ en: 'Put it back', ja: '元に戻す' }),
};

const contains: Readonly<Record<string, string>> = {
  'what was not looked at': 'Could not be read: &#60;x&#62; 1.',
  'the evidence with its file and offset': 'one.json.gz <span lang="en">byte</span><span lang="ja">位置</span> 42',
  'who the principal was before': '← arn:aws:iam::111122223333:user/u',
  'what to do in English': 'Put it back',
  'what to do in Japanese': '元に戻す',
  'the country of an address': 'Japan',
  'a link from the finding to its story': '<a href="#s1">',
  'a link from the story to the finding': '<a href="#f1">',
  'the calls that were tried': '<td class="n">7</td><td class="n">3</td>',
  'the language of the terminal first': 'id="ja" checked',
};

describe('a report has', () => {
  test.each(Object.entries(contains))('%s', (_name, text) => {
    expect(report(parts)).toContain(text);
  });
});

test('stories come before findings', () => {
  const page = report(parts);
  expect(page.indexOf('id="s1"')).toBeLessThan(page.indexOf('id="f1"'));
});

test('text of a log is never HTML, and the page fetches nothing', () => {
  const page = report(parts);
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  expect(page).not.toContain('<script');
});

test('without findings it says so', () => {
  expect(report({ ...parts, findings: [], principals: [] })).toContain('Nothing was found.');
});
