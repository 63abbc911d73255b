import type { Words } from '../../../model/words.ts';
import { byWorkload, sessionOf } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onBurst } from '../../on-burst.ts';
import { thresholds } from '../../thresholds.ts';

const names = ['requestParameters.name', 'requestParameters.names', 'requestParameters.path'] as const;
const token = 'requestParameters.nextToken';
const advice: Words = {
  en: 'Ask the owner of the credentials. If it was not them, revoke the sessions and rotate everything that was read.',
  ja: '認証情報の所有者に確認し、本人でなければセッションを失効させ、読み取られたものをすべてローテーションしてください。',
};
const inventory: Words = {
  en: 'A backup, a migration, or an inventory of everything.',
  ja: 'バックアップや移行、全体の棚卸しを行っている場合。',
};

export const secretsInBulk: readonly Detector[] = [
  onBurst({
    type: 'Custom:SecretsManager/BulkRead',
    title: {
      en: 'Many secrets were read by one principal',
      ja: '一つのプリンシパルが多数のシークレットを読み取りました',
    },
    advice,
    falsePositives: inventory,
    // In clusters operators copy the secrets of their applications all day.
    severity: (seen) => (byWorkload(seen) ? 2 : 5),
    technique: 'T1555.006',
    calls: 'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue',
    reads: ['requestParameters.secretId', 'requestParameters.secretIdList'],
    attempts: false,
    distinct: (seen) => seen.text('requestParameters.secretId') ?? seen.id,
    // One batch holds up to twenty; by a filter nobody says how many.
    weight: (seen) =>
      seen.name === 'BatchGetSecretValue'
        ? seen.list('requestParameters.secretIdList').length || thresholds.secrets.count
        : 1,
    key: sessionOf,
    most: thresholds.secrets,
    example: (index) => ({ name: 'secretsmanager:GetSecretValue', request: { secretId: `secret-${index}` } }),
    stays: { 'one secret again and again': { request: { secretId: 'mine' } } },
  }),
  onBurst({
    type: 'Custom:SSMParameter/BulkDecryption',
    title: {
      en: 'Many parameters were decrypted by one principal',
      ja: '一つのプリンシパルが多数のパラメータを復号しました',
    },
    advice,
    falsePositives: inventory,
    severity: 5,
    technique: 'T1552',
    calls: 'ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath',
    reads: ['requestParameters.withDecryption', token, ...names],
    when: (seen) => seen.flag('requestParameters.withDecryption') === true,
    attempts: false,
    key: sessionOf,
    // The same again is nothing more.
    distinct: (seen) => [...names.flatMap((path) => seen.text(path) ?? seen.list(path)), seen.text(token)].join(' '),
    // A page of a path holds up to ten.
    weight: (seen) => (seen.name === 'GetParametersByPath' ? 10 : Math.max(1, seen.list(names[1]).length)),
    most: thresholds.parameters,
    example: (index) => ({ name: 'ssm:GetParameter', request: { name: `/p/${index}`, withDecryption: true } }),
    stays: {
      'without decryption': { request: { name: '/p', withDecryption: false } },
      'one again and again': { request: { name: '/p', withDecryption: true } },
    },
  }),
  onBurst({
    type: 'Custom:EC2Instance/BulkPasswordRead',
    title: {
      en: 'Passwords of many instances were asked for',
      ja: '多数のインスタンスのパスワードが要求されました',
    },
    advice,
    falsePositives: inventory,
    severity: 5,
    technique: 'T1552',
    calls: 'ec2:GetPasswordData',
    reads: ['requestParameters.instanceId'],
    // Who tries all instances is refused for most.
    attempts: true,
    distinct: (seen) => seen.text('requestParameters.instanceId'),
    most: thresholds.passwords,
    example: (index) => ({ name: 'ec2:GetPasswordData', request: { instanceId: `i-${index}` } }),
    stays: { 'one instance again and again': { request: { instanceId: 'i-1' } } },
  }),
  onBurst({
    type: 'Custom:EC2Instance/BulkUserDataRead',
    title: {
      en: 'User data of many instances was asked for',
      ja: '多数のインスタンスのユーザーデータが要求されました',
    },
    advice,
    falsePositives: inventory,
    severity: 5,
    technique: 'T1552',
    calls: 'ec2:DescribeInstanceAttribute',
    reads: ['requestParameters.instanceId', 'requestParameters.attribute'],
    when: (seen) => seen.text('requestParameters.attribute') === 'userData',
    attempts: true,
    distinct: (seen) => seen.text('requestParameters.instanceId'),
    most: thresholds.userData,
    example: (index) => ({
      name: 'ec2:DescribeInstanceAttribute',
      request: { instanceId: `i-${index}`, attribute: 'userData' },
    }),
    stays: { 'another attribute': { request: { instanceId: 'i-1', attribute: 'instanceType' } } },
  }),
];
