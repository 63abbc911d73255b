import { type Caller, stamp, userIdentity } from '../caller.ts';
import { type AccountName, type Estate, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { countries, homeAddress, machineRoom, offices } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { pages } from './pages.ts';

/** What is older than single sign-on: users with passwords, programs with keys, and root in its drawer. */
export function beginUsers(estate: Estate): void {
  for (let index = 0; index < 7; index++)
    estate.begin(consoleUser(estate, estate.luck.fork(`console user ${index}`), index));
  for (let index = 0; index < 14; index++) estate.begin(program(estate, estate.luck.fork(`program ${index}`), index));
  estate.begin(rootOnce(estate, estate.luck.fork('root')));
  estate.begin(newPhone(estate, estate.luck.fork('phone')));
}

const legacy = ['production', 'data', 'shared'] as const satisfies readonly AccountName[];

/** Signs in with password and code; mistypes, forgets, changes the password. */
function* consoleUser(estate: Estate, luck: Luck, index: number): Habit {
  const account = estate.accounts[luck.pick(legacy)];
  const name = `legacy-admin-${index}`;
  const id = `AIDA${luck.capitals(17)}`;
  const country = luck.pick([countries.jp, countries.de]);
  const browser =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
  let home = homeAddress(luck, country);
  for (;;) {
    const wait = estate.untilWork(country);
    yield wait === 0 ? luck.about(12 * hour) : wait + luck.about(3 * hour);
    if (estate.untilWork(country) > 0) continue;
    if (luck.chance(0.1)) home = homeAddress(luck, country);
    const from = luck.chance(0.5) ? luck.pick(offices[country.code]!) : home;
    const place = { account, region: 'us-east-1', from, agent: browser };
    const signIn = (isSuccess: boolean): void => {
      const device = isSuccess ? { MFAIdentifier: `arn:aws:iam::${account}:mfa/${name}` } : {};
      const seen = { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', ...device };
      const outcome = isSuccess ? {} : { errorMessage: 'Failed authentication' };
      estate.write({ ...place, identity: userIdentity(account, name, id, '') }, 'signin:ConsoleLogin', {
        response: { ConsoleLogin: isSuccess ? 'Success' : 'Failure' },
        more: {
          eventType: 'AwsConsoleSignIn',
          additionalEventData: { ...seen, MFAUsed: isSuccess ? 'Yes' : 'No' },
          ...outcome,
        },
        reads: false,
      });
    };
    while (luck.chance(0.15)) {
      signIn(false);
      yield luck.about(9 * second);
    }
    estate.write({ ...place, identity: userIdentity(account, name, id, '') }, 'signin:CheckMfa', {
      response: { CheckMfa: 'Success' },
      more: { eventType: 'AwsConsoleSignIn', additionalEventData: { MfaType: 'Virtual MFA' } },
      reads: false,
    });
    yield luck.about(7 * second);
    signIn(true);
    const identity = userIdentity(account, name, id, `ASIA${luck.capitals(16)}`, estate.now);
    const caller: Caller = { account, region: luck.pick(regions), identity, from, agent: browser, console: true };
    if (luck.chance(0.03)) estate.write({ ...caller, region: 'us-east-1' }, 'iam:ChangePassword', { request: null });
    for (let i = luck.whole(1, 4); i > 0; i--) {
      for (const call of luck.pick([pages.home, pages.ec2, pages.s3, pages.rds, pages.iam])) {
        estate.write(caller, call);
        yield luck.about(300);
      }
      if (luck.chance(0.2))
        estate.write(caller, 'ec2:RebootInstances', {
          request: { instancesSet: { items: [{ instanceId: `i-${luck.hex(17)}` }] } },
        });
      yield luck.about(10 * minute);
    }
  }
}

/** A job in the machine room with a key of its own; the key is renewed every few months. */
function* program(estate: Estate, luck: Luck, index: number): Habit {
  const account = estate.accounts[luck.pick(legacy)];
  const name = `svc-${luck.pick(['export', 'mailer', 'archive', 'report', 'sync'])}-${index}`;
  const id = `AIDA${luck.capitals(17)}`;
  const calls = luck.some(
    [
      's3:ListBuckets',
      's3:GetBucketLocation',
      'ses:GetSendQuota',
      'ses:ListIdentities',
      'sqs:GetQueueUrl',
      'dynamodb:DescribeTable',
      'sts:GetCallerIdentity',
      'sts:GetSessionToken',
      'monitoring:PutMetricAlarm',
      'ec2:CreateSnapshot',
    ],
    3,
  );
  const agent =
    'aws-sdk-java/1.11.1034 Linux/3.10.0-1160.el7.x86_64 OpenJDK_64-Bit_Server_VM/25.412-b08 java/1.8.0_412 vendor/Red_Hat,_Inc.';
  const place = { account, region: 'ap-northeast-1', from: luck.pick(machineRoom), agent };
  let key = `AKIA${luck.capitals(16)}`;
  const rotation = luck.whole(2, 80) * day;
  let rotated = estate.now;
  yield luck.about(6 * hour);
  for (;;) {
    if (estate.now - rotated > rotation) {
      const before = { ...place, identity: userIdentity(account, name, id, key), region: 'us-east-1' };
      const next = `AKIA${luck.capitals(16)}`;
      estate.write(before, 'iam:CreateAccessKey', {
        request: { userName: name },
        response: { accessKey: { userName: name, accessKeyId: next, status: 'Active', createDate: stamp(estate.now) } },
      });
      yield hour;
      const after = { ...before, identity: userIdentity(account, name, id, next) };
      estate.write(after, 'iam:UpdateAccessKey', { request: { userName: name, accessKeyId: key, status: 'Inactive' } });
      yield day;
      estate.write(after, 'iam:DeleteAccessKey', { request: { userName: name, accessKeyId: key } });
      key = next;
      rotated = estate.now;
    }
    const caller: Caller = { ...place, identity: userIdentity(account, name, id, key) };
    for (const call of calls) {
      estate.write(caller, call, { request: null });
      yield luck.about(second);
    }
    yield luck.about(2 * hour);
  }
}

/** Once in a while something only root can do: with its key fob, from the office. */
function* rootOnce(estate: Estate, luck: Luck): Habit {
  yield 9 * day + luck.about(2 * day);
  yield estate.untilWork(countries.jp);
  const account = estate.accounts.management;
  const identity = { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account };
  const place = {
    account,
    region: 'us-east-1',
    from: offices['jp']![0]!,
    agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
  };
  estate.write({ ...place, identity }, 'signin:ConsoleLogin', {
    response: { ConsoleLogin: 'Success' },
    more: { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed: 'Yes', MobileVersion: 'No' } },
    reads: false,
  });
  const caller = {
    ...place,
    console: true,
    identity: {
      ...identity,
      accessKeyId: `ASIA${luck.capitals(16)}`,
      sessionContext: { attributes: { creationDate: stamp(estate.now), mfaAuthenticated: 'true' } },
    },
  };
  for (const call of [
    'account:GetContactInformation',
    'account:GetAlternateContact',
    'account:PutContactInformation',
    'billing:GetBillingPreferences',
  ]) {
    yield luck.about(minute);
    estate.write(caller, call, { reads: call.includes(':Get') });
  }
}

/** Somebody has a new phone: an administrator takes the old device away, the user sets up the new one. */
function* newPhone(estate: Estate, luck: Luck): Habit {
  for (;;) {
    yield 8 * day + luck.about(4 * day);
    yield estate.untilWork(countries.jp);
    const account = estate.accounts.production;
    const name = `legacy-admin-${luck.whole(0, 6)}`;
    const identity = userIdentity(account, name, `AIDA${luck.capitals(17)}`, `ASIA${luck.capitals(16)}`, estate.now);
    const caller: Caller = {
      account,
      region: 'us-east-1',
      identity,
      from: offices['jp']![1]!,
      agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      console: true,
    };
    for (const [call, request] of [
      ['iam:CreateVirtualMFADevice', { virtualMFADeviceName: `${name}-new`, path: '/' }],
      ['iam:EnableMFADevice', { userName: name, serialNumber: `arn:aws:iam::${account}:mfa/${name}-new` }],
      ['iam:DeactivateMFADevice', { userName: name, serialNumber: `arn:aws:iam::${account}:mfa/${name}` }],
      ['iam:DeleteVirtualMFADevice', { serialNumber: `arn:aws:iam::${account}:mfa/${name}` }],
    ] as const) {
      estate.write(caller, call, { request });
      yield luck.about(30 * second);
    }
  }
}
