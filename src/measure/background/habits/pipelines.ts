import { arnOf, type Caller, type Role, sessionIdentity, sessionKey, stamp } from '../caller.ts';
import type { AccountName, Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { countries, runnerAddress } from '../places.ts';
import { denial } from '../record.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { type Kind, kinds } from './resources.ts';

interface Resource {
  readonly kind: Kind;
  readonly id: string;
}

/** Repositories whose pipelines come in with a token of the code host: deploys, infrastructure code, previews. */
export function beginPipelines(estate: Estate): void {
  for (let index = 0; index < 55; index++)
    estate.begin(deploys(estate, estate.luck.fork(`repository ${index}`), index));
  for (const [index, account] of infrastructure.entries()) {
    estate.begin(infrastructureCode(estate, estate.luck.fork(`infrastructure ${index}`), account, index));
  }
  for (let index = 0; index < 6; index++) estate.begin(previews(estate, estate.luck.fork(`previews ${index}`), index));
  for (let index = 0; index < 8; index++) estate.begin(stacks(estate, estate.luck.fork(`stacks ${index}`), index));
}

const infrastructure: readonly AccountName[] = [
  'production',
  'production',
  'payments',
  'staging',
  'staging',
  'development',
  'data',
  'shared',
  'network',
  'security',
];
const names = Object.keys(kinds) as (keyof typeof kinds)[];
const issuer = 'token.actions.githubusercontent.com';

/** Pushes come when people work, here and there at night. */
function* pushes(estate: Estate, luck: Luck): Habit {
  const wait = estate.untilWork(countries.jp, 9, 23);
  yield wait > 0 && !luck.chance(0.05) ? wait + luck.about(hour) : luck.about(2 * minute);
}

function* deploys(estate: Estate, luck: Luck, index: number): Habit {
  const ids = Array.from({ length: luck.whole(1, 4) }, () => luck.hex(17));
  const kind = luck.pick<Kind>([kinds.function, kinds.service, kinds.service]);
  yield luck.about(8 * hour);
  for (;;) {
    yield* pushes(estate, luck);
    for (const name of ['development', 'staging', 'production'] satisfies AccountName[]) {
      if (name !== 'development' && luck.chance(0.5)) break;
      const caller = comesIn(estate, luck, name, `repo-${index}-deploy`, `service-${index}`, 'aws-sdk-nodejs');
      yield luck.about(2 * second);
      estate.write(caller, 'sts:GetCallerIdentity');
      if (luck.chance(0.5)) estate.write(caller, 'ecr:GetAuthorizationToken');
      for (const id of ids) {
        for (const [call, request] of kind.updates(id, caller.account)) {
          estate.write(caller, call, { request });
          yield luck.about(4 * second);
        }
        for (let i = luck.whole(1, 4); i > 0; i--) {
          estate.write(caller, luck.pick(kind.reads));
          yield luck.about(10 * second);
        }
      }
      if (luck.chance(0.15))
        estate.write(caller, 'cloudfront:CreateInvalidation2020_05_31', {
          request: { distributionId: 'E1ABCDEFGHIJKL' },
        });
      yield luck.about(10 * minute);
    }
    yield luck.about(20 * hour);
  }
}

/** The runner trades the code host's token for a session of a role; hosted runners call from anywhere. */
export function comesIn(
  estate: Estate,
  luck: Luck,
  name: AccountName,
  roleName: string,
  repository: string,
  tool: string,
): Caller {
  const account = estate.accounts[name];
  const role = estate.role(account, roleName);
  const from = runnerAddress(luck);
  const region = 'ap-northeast-1';
  const session = 'GitHubActions';
  const subject = `repo:example/${repository}:ref:refs/heads/main`;
  const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
  const key = sessionKey(luck);
  estate.write(
    {
      account,
      region,
      from,
      agent: 'aws-sdk-nodejs/2.1692.0 linux/v20.19.4 configure-aws-credentials-for-github-actions promise',
      identity: {
        type: 'WebIdentityUser',
        principalId: `${provider}:sts.amazonaws.com:${subject}`,
        userName: subject,
        identityProvider: provider,
      },
    },
    'sts:AssumeRoleWithWebIdentity',
    {
      request: { roleArn: arnOf(role), roleSessionName: session, durationSeconds: 3_600 },
      response: {
        subjectFromWebIdentityToken: subject,
        audience: 'sts.amazonaws.com',
        provider,
        credentials: { accessKeyId: key, sessionToken: luck.capitals(40), expiration: stamp(estate.now + hour) },
        assumedRoleUser: {
          assumedRoleId: `${role.id}:${session}`,
          arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${session}`,
        },
      },
      resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
    },
  );
  return {
    account,
    region,
    from,
    agent: agents[tool] ?? tool,
    identity: sessionIdentity({ role, name: session, key, created: estate.now, provider }),
  };
}

const agents: Readonly<Record<string, string>> = {
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.13.1 (+https://www.terraform.io) terraform-provider-aws/6.10.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.38.1 ua/2.1 os/linux lang/go#1.24.5 md/GOOS#linux md/GOARCH#amd64',
  'aws-sdk-nodejs':
    'aws-cli/2.28.11 md/awscrt#0.27.2 ua/2.1 os/linux#6.11.0-1018-azure md/arch#x86_64 lang/python#3.13.4 md/pyimpl#CPython exec-env/GitHub_Actions',
};

/** Terraform reads everything it owns, then makes, changes and removes a little. */
function* infrastructureCode(estate: Estate, luck: Luck, name: AccountName, index: number): Habit {
  let owned: Resource[] = Array.from({ length: 14 }, () => ({ kind: kinds[luck.pick(names)], id: luck.hex(17) }));
  yield luck.about(6 * hour);
  for (;;) {
    yield* pushes(estate, luck);
    const planner = comesIn(estate, luck, name, `terraform-${index}-plan`, `infrastructure-${index}`, 'terraform');
    yield* refresh(estate, luck, planner, owned);
    yield luck.about(40 * minute);
    const caller = comesIn(estate, luck, name, `terraform-${index}-apply`, `infrastructure-${index}`, 'terraform');
    yield* refresh(estate, luck, caller, owned);
    for (let i = luck.whole(0, 3); i > 0; i--) {
      const one = luck.pick(owned);
      if (luck.chance(0.6)) yield* does(estate, luck, caller, one.kind.updates(one.id, caller.account));
      else if (luck.chance(0.7) || owned.length < 8) {
        const made = { kind: kinds[luck.pick(names)], id: luck.hex(17) };
        yield* does(estate, luck, caller, made.kind.creates(made.id, caller.account));
        owned = [...owned, made];
      } else {
        yield* does(estate, luck, caller, one.kind.deletes(one.id, caller.account));
        owned = owned.filter((each) => each !== one);
      }
    }
    yield luck.about(30 * hour);
  }
}

function* refresh(estate: Estate, luck: Luck, caller: Caller, owned: readonly Resource[]): Habit {
  estate.write(caller, 'sts:GetCallerIdentity');
  for (const { kind } of owned) {
    for (const read of kind.reads) {
      // Ten at a time: limits are hit, and the plan's role may not read everything.
      const isLimited = luck.chance(0.01);
      estate.write(
        caller,
        read,
        isLimited
          ? { error: 'ThrottlingException: Rate exceeded' }
          : luck.chance(0.002)
            ? { error: denial(caller, read) }
            : {},
      );
      yield luck.about(150);
    }
  }
}

function* does(estate: Estate, luck: Luck, caller: Caller, steps: ReturnType<Kind['creates']>): Habit {
  for (const [name, request, response = null] of steps) {
    estate.write(caller, name, { request, response });
    yield luck.about(5 * second);
  }
}

/** An environment for each change under review, whole, and gone a few hours later. */
function* previews(estate: Estate, luck: Luck, index: number): Habit {
  const parts = [
    'network',
    'group',
    'role',
    'function',
    'bucket',
    'queue',
    'logGroup',
    'database',
    'balancer',
    'key',
    'secret',
    'rule',
    'alarm',
    'machine',
  ] as const;
  for (;;) {
    yield* pushes(estate, luck);
    const made = luck.some(parts, luck.whole(4, 10)).map((part): Resource => ({ kind: kinds[part], id: luck.hex(17) }));
    const tool = 'terraform';
    const maker = comesIn(estate, luck, 'development', `preview-${index}`, `web-${index}`, tool);
    for (const { kind, id } of made) yield* does(estate, luck, maker, kind.creates(id, maker.account));
    yield luck.about(5 * hour);
    const remover = comesIn(estate, luck, 'development', `preview-${index}`, `web-${index}`, tool);
    yield* refresh(estate, luck, remover, made);
    for (const { kind, id } of [...made].reverse())
      yield* does(estate, luck, remover, kind.deletes(id, remover.account));
    yield luck.about(day);
  }
}

/** CDK: a role to deploy, one that looks things up, and CloudFormation acting in a third. */
function* stacks(estate: Estate, luck: Luck, index: number): Habit {
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
    const acting: Caller = {
      ...deploy,
      from: 'cloudformation.amazonaws.com',
      agent: 'cloudformation.amazonaws.com',
      identity: sessionIdentity({
        role: hands,
        name: 'AWSCloudFormation',
        key: sessionKey(luck),
        created: estate.now,
        invokedBy: 'cloudformation.amazonaws.com',
      }),
    };
    for (let i = luck.whole(1, 6); i > 0; i--) {
      const kind = kinds[luck.pick(names)];
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
export function becomes(estate: Estate, luck: Luck, caller: Caller, role: Role, session: string): Caller {
  const key = sessionKey(luck);
  estate.write(caller, 'sts:AssumeRole', {
    request: { roleArn: arnOf(role), roleSessionName: session, durationSeconds: 3_600 },
    response: {
      credentials: { accessKeyId: key, sessionToken: luck.capitals(40), expiration: stamp(estate.now + hour) },
      assumedRoleUser: {
        assumedRoleId: `${role.id}:${session}`,
        arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`,
      },
    },
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
  });
  return {
    ...caller,
    account: role.account,
    identity: sessionIdentity({ role, name: session, key, created: estate.now }),
  };
}
