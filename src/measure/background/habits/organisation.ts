import { actingCaller, type Caller, linkedCaller, sessionIdentity, sessionKey } from '../caller.ts';
import { type Estate, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { countries, offices } from '../places.ts';
import { denial } from '../record.ts';
import { day, type Habit, hour, second } from '../timeline.ts';
import { pages } from './pages.ts';
import { comesIn } from './runner.ts';

/** The security team's own scan of everything, once a week, from the office. */
export function* audits(estate: Estate, luck: Luck): Habit {
  const all = Object.values(pages).flat();
  for (;;) {
    yield 5 * day + luck.about(2 * day);
    for (const account of Object.values(estate.accounts)) {
      const role = estate.role(account, 'security-audit');
      const key = sessionKey(luck);
      const identity = sessionIdentity({ role, name: 'weekly-audit', key, created: estate.now });
      const caller: Caller = {
        account,
        region: 'ap-northeast-1',
        identity,
        from: offices['jp']![0]!,
        agent: 'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux lang/python#3.12.3',
      };
      for (const region of [...regions, 'us-west-2', 'eu-west-1', 'ap-southeast-1']) {
        for (const call of luck.some(all, 40)) {
          estate.write({ ...caller, region }, call, luck.chance(0.04) ? { error: denial(caller, call) } : {});
          yield luck.about(120);
        }
      }
    }
  }
}

/** Stack sets keep the organisation's guardrails in every account: a change of them is made everywhere. */
export function* guardrails(estate: Estate, luck: Luck): Habit {
  for (;;) {
    yield 5 * day + luck.about(3 * day);
    for (const account of Object.values(estate.accounts)) {
      const role = estate.role(account, `stacksets-exec-${luck.fork('set').hex(32)}`);
      const session = { role, name: 'AWSCloudFormation', key: sessionKey(luck), created: estate.now };
      const place = { account, region: luck.pick(regions) };
      const caller = actingCaller(place, 'cloudformation.amazonaws.com', session);
      for (const [call, request] of [
        ['cloudformation:UpdateStack', { stackName: 'StackSet-baseline' }],
        [
          'config:PutConfigurationRecorder',
          {
            configurationRecorder: {
              name: 'default',
              roleARN: `arn:aws:iam::${account}:role/config-recorder`,
              recordingGroup: { allSupported: true },
            },
          },
        ],
        ['config:StartConfigurationRecorder', { configurationRecorderName: 'default' }],
        ['config:PutConfigRule', { configRule: { configRuleName: 'encrypted-volumes' } }],
        [
          'iam:UpdateAccountPasswordPolicy',
          {
            minimumPasswordLength: 16,
            requireSymbols: true,
            requireNumbers: true,
            requireUppercaseCharacters: true,
            requireLowercaseCharacters: true,
            maxPasswordAge: 90,
            passwordReusePrevention: 24,
          },
        ],
        ['events:PutRule', { name: 'to-security', eventPattern: '{"source":["aws.guardduty"]}' }],
        [
          'iam:PutRolePolicy',
          {
            roleName: 'security-audit',
            policyName: 'more',
            policyDocument:
              '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["support:Describe*"],"Resource":"*"}]}',
          },
        ],
      ] as const) {
        estate.write(caller, call, { request });
        yield luck.about(3 * second);
      }
      const linked = estate.linkedRole(account, 'organizations.amazonaws.com', 'AWSServiceRoleForOrganizations');
      estate.write(
        linkedCaller(luck, { account, region: 'us-east-1' }, linked, 'organizations.amazonaws.com'),
        'organizations:DescribeOrganization',
      );
    }
  }
}

/** The company opens a region: the same code as everywhere, where nobody was before. */
export function* newRegion(estate: Estate, luck: Luck): Habit {
  yield 12 * day + luck.about(day) + estate.untilWork(countries.jp);
  for (const [name, roleName] of [
    ['production', 'terraform-0-apply'],
    ['staging', 'terraform-3-apply'],
  ] as const) {
    for (let run = 0; run < 3; run++) {
      const caller = {
        ...comesIn(estate, luck, name, roleName, 'infrastructure-0', 'terraform'),
        region: 'ap-southeast-1',
      };
      for (const call of [
        'ec2:CreateVpc',
        'ec2:CreateSubnet',
        'ec2:CreateSubnet',
        'ec2:CreateSecurityGroup',
        'ec2:CreateFlowLogs',
        'logs:CreateLogGroup',
        'logs:PutRetentionPolicy',
        's3:CreateBucket',
        's3:PutBucketPublicAccessBlock',
        'ecs:CreateCluster',
        'kms:CreateKey',
        'lambda:CreateFunction20150331',
      ]) {
        estate.write(caller, call, { request: {} });
        yield luck.about(5 * second);
      }
      yield luck.about(5 * hour);
    }
  }
}
