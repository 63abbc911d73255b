import { actingCaller, arnOf, type Caller, type Role, sessionIdentity, sessionKey } from '../caller.ts';
import type { Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { day, type Habit, hour, second } from '../timeline.ts';
import { does } from './requests.ts';
import { kindNames, kinds } from './resources/kinds.ts';
import { comesIn, pushes } from './runner.ts';
import { given } from './services.ts';

/** CDK: a role to deploy, one that looks things up, and CloudFormation acting in a third. */
export function* stacks(estate: Estate, luck: Luck, index: number): Habit {
  yield luck.about(day);
  for (;;) {
    yield* pushes(estate, luck);
    const account = luck.pick(['development', 'staging', 'production'] as const);
    const runner = comesIn(estate, luck, account, `cdk-${index}`, `app-${index}`, 'aws-sdk-nodejs');
    const deploy = becomes(
      estate,
      luck,
      runner,
      estate.role(runner.account, `cdk-hnb659fds-deploy-role-${runner.account}-${runner.region}`),
      'aws-cdk-runner',
    );
    yield luck.about(3 * second);
    for (const call of [
      'cloudformation:DescribeStacks',
      'cloudformation:GetTemplate',
      'cloudformation:CreateChangeSet',
      'cloudformation:DescribeChangeSet',
      'cloudformation:ExecuteChangeSet',
    ]) {
      estate.write(deploy, call, { request: { stackName: `app-${index}` } });
      yield luck.about(4 * second);
    }
    const hands = estate.role(runner.account, `cdk-hnb659fds-cfn-exec-role-${runner.account}-${runner.region}`);
    const acting = actingCaller(deploy, 'cloudformation.amazonaws.com', {
      role: hands,
      name: 'AWSCloudFormation',
      key: sessionKey(luck),
      created: estate.now,
    });
    for (let i = luck.whole(1, 6); i > 0; i--) {
      const kind = kinds[luck.pick(kindNames)];
      const id = luck.hex(17);
      yield* does(
        estate,
        luck,
        acting,
        luck.chance(0.6)
          ? kind.updates(id, acting.account)
          : luck.chance(0.6)
            ? kind.creates(id, acting.account)
            : kind.deletes(id, acting.account),
      );
    }
    yield luck.about(22 * hour);
  }
}

/** One session takes the next role. */
function becomes(estate: Estate, luck: Luck, caller: Caller, role: Role, session: string): Caller {
  const key = sessionKey(luck);
  estate.write(caller, 'sts:AssumeRole', {
    request: { roleArn: arnOf(role), roleSessionName: session, durationSeconds: 3_600 },
    response: given(estate, luck, role, session, key),
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
  });
  return {
    ...caller,
    account: role.account,
    identity: sessionIdentity({ role, name: session, key, created: estate.now }),
  };
}
