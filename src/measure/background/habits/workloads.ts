import { arnOf, type Caller, type Role, sessionIdentity } from '../caller.ts';
import { type AccountName, type Estate, type Place, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { natAddress } from '../places.ts';
import { type Habit, hour, minute } from '../timeline.ts';
import { assumed, instanceSession } from './services.ts';

/** Programs of the company: functions, tasks and machines, each in its role. */
export function beginWorkloads(estate: Estate): void {
  for (const name of ['production', 'payments', 'staging', 'development', 'data', 'shared'] satisfies AccountName[]) {
    const size = sizes[name];
    for (const region of regions) {
      const place = { account: estate.accounts[name], region };
      const luck = estate.luck.fork(`workloads ${name} ${region}`);
      const exits = [natAddress(luck, region), natAddress(luck, region), natAddress(luck, region)];
      const share = region === 'ap-northeast-1' ? 1 : region === 'eu-central-1' ? 0.5 : 0.3;
      for (let i = 0; i < size.functions * share; i++)
        estate.begin(lambda(estate, luck.fork(`function ${i}`), place, exits, i));
      for (let i = 0; i < size.tasks * share; i++) estate.begin(task(estate, luck.fork(`task ${i}`), place, exits, i));
      for (let i = 0; i < size.machines * share; i++)
        estate.begin(machine(estate, luck.fork(`machine ${i}`), place, exits, i));
    }
  }
}

const sizes = {
  production: { functions: 140, tasks: 30, machines: 60 },
  payments: { functions: 60, tasks: 14, machines: 16 },
  staging: { functions: 90, tasks: 16, machines: 20 },
  development: { functions: 90, tasks: 12, machines: 24 },
  data: { functions: 40, tasks: 10, machines: 40 },
  shared: { functions: 20, tasks: 4, machines: 14 },
} as const;

const sdk = {
  node: 'aws-sdk-js/3.850.0 ua/2.1 os/linux#5.10.242-272.995.amzn2.x86_64 lang/js md/nodejs#22.17.0 exec-env/AWS_Lambda_nodejs22.x',
  java: 'aws-sdk-java/2.32.11 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.147-172.266.amzn2023.x86_64 lang/java#21.0.8 exec-env/AWS_ECS_FARGATE',
  python:
    'Boto3/1.40.11 md/Botocore#1.40.11 ua/2.1 os/linux#6.1.147 md/arch#x86_64 lang/python#3.12.11 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.40.11',
  agent: 'aws-sdk-go/1.55.5 (go1.23.9; linux; amd64) amazon-ssm-agent/3.3.2299.0',
};

/** A function takes its role anew whenever a new environment starts, then opens its log and reads what it needs. */
function* lambda(estate: Estate, luck: Luck, place: Place, exits: readonly string[], index: number): Habit {
  const name = `${luck.pick(domains)}-${luck.pick(verbs)}-${index}`;
  const role = estate.role(place.account, `${name}-role`, '/service-role/');
  const inVpc = luck.chance(0.4);
  const mean = luck.about(16 * hour) + 90 * minute;
  const habits = luck.some(['secret', 'parameter', 'bucket', 'identity', 'cross'], luck.whole(0, 2));
  yield luck.about(mean);
  for (;;) {
    const key = assumed(estate, luck, place, 'lambda.amazonaws.com', role, name);
    const identity = sessionIdentity({
      role,
      name,
      key,
      created: estate.now,
      issuedTo: `arn:aws:lambda:${place.region}:${place.account}:function:${name}`,
      issuer: 'AWS::Lambda::Function',
    });
    const from = inVpc ? luck.pick(exits) : natAddress(luck, place.region);
    const caller: Caller = { ...place, identity, from, agent: sdk.node };
    yield luck.about(400);
    estate.write(caller, 'logs:CreateLogStream', {
      request: { logGroupName: `/aws/lambda/${name}`, logStreamName: `2026/01/05/[$LATEST]${luck.hex(32)}` },
    });
    for (const habit of habits) {
      yield luck.about(300);
      uses(estate, luck, caller, name, habit);
    }
    yield luck.about(mean / estate.load(place.region));
  }
}

function* task(estate: Estate, luck: Luck, place: Place, exits: readonly string[], index: number): Habit {
  const name = `${luck.pick(domains)}-service-${index}`;
  const role = estate.role(place.account, `${name}-task`);
  const execution = estate.role(place.account, 'ecsTaskExecutionRole');
  const secrets = luck.whole(0, 6);
  yield luck.about(4 * hour);
  for (;;) {
    const id = luck.hex(32);
    const begun = assumed(estate, luck, place, 'ecs-tasks.amazonaws.com', execution, id);
    const session = {
      role: execution,
      name: id,
      key: begun,
      created: estate.now,
      issuedTo: `arn:aws:ecs:${place.region}:${place.account}:task/main/${id}`,
      issuer: 'AWS::ECS::Task',
    };
    const starter: Caller = {
      ...place,
      identity: sessionIdentity(session),
      from: luck.pick(exits),
      agent: 'Amazon ECS Agent - Fargate',
    };
    for (const call of [
      'ecr:GetAuthorizationToken',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
      'ecr:GetDownloadUrlForLayer',
    ]) {
      yield luck.about(500);
      estate.write(
        starter,
        call,
        call.endsWith('Token') ? {} : { request: { registryId: estate.accounts.shared, repositoryName: name } },
      );
    }
    for (let i = 0; i < secrets; i++) {
      yield luck.about(100);
      estate.write(starter, 'secretsmanager:GetSecretValue', {
        request: { secretId: `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}/${settings[i]}` },
      });
    }
    const key = assumed(estate, luck, place, 'ecs-tasks.amazonaws.com', role, id);
    const caller: Caller = {
      ...place,
      identity: sessionIdentity({ ...session, role, key }),
      from: luck.pick(exits),
      agent: sdk.java,
    };
    for (let i = luck.whole(1, 5); i > 0; i--) {
      uses(estate, luck, caller, name, luck.pick(['secret', 'parameter', 'bucket', 'identity', 'cross', 'email']));
      yield luck.about((90 * minute) / estate.load(place.region));
    }
    yield luck.about(8 * hour);
  }
}

/** A machine that stays: its agents report, its credentials are renewed every six hours, its cron has jobs. */
function* machine(estate: Estate, luck: Luck, place: Place, exits: readonly string[], index: number): Habit {
  const id = `i-${luck.hex(17)}`;
  const role = estate.role(place.account, `${luck.pick(domains)}-instance`);
  const endpoint = luck.chance(0.3) ? `vpce-${luck.hex(17)}` : undefined;
  const from =
    endpoint === undefined ? luck.pick(exits) : `10.${luck.whole(0, 60)}.${luck.whole(0, 255)}.${luck.whole(4, 250)}`;
  yield luck.about(3 * hour);
  for (;;) {
    const identity = instanceSession(estate, luck, place, role, id);
    const caller: Caller = {
      ...place,
      identity,
      from,
      agent: sdk.agent,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
    const until = estate.now + 6 * hour;
    while (estate.now < until) {
      estate.write(caller, 'ssm:UpdateInstanceInformation', {
        request: { instanceId: id, agentVersion: '3.3.2299.0', agentStatus: 'Active', platformType: 'Linux' },
        reads: false,
      });
      if (luck.chance(0.1))
        estate.write(caller, 'ssm:ListInstanceAssociations', { request: { instanceId: id, maxResults: 20 } });
      if (luck.chance(0.06)) estate.write(caller, 'ssm:PutInventory', { request: { instanceId: id } });
      if (luck.chance(0.08))
        uses(
          estate,
          luck,
          { ...caller, agent: sdk.python },
          `host-${index}`,
          luck.pick(['parameter', 'bucket', 'identity', 'tags', 'secret']),
        );
      yield luck.about(3 * hour);
    }
  }
}

function uses(estate: Estate, luck: Luck, caller: Caller, name: string, habit: string): void {
  const { account, region } = caller;
  if (habit === 'secret') {
    estate.write(caller, 'secretsmanager:GetSecretValue', { request: { secretId: `${name}/${luck.pick(settings)}` } });
  } else if (habit === 'parameter') {
    estate.write(caller, 'ssm:GetParametersByPath', {
      request: { path: `/${name}/`, recursive: true, withDecryption: true },
    });
  } else if (habit === 'bucket') {
    const bucketName = `${name}-${account.slice(-4)}`;
    const names = luck.pick([
      's3:GetObject',
      's3:PutObject',
      's3:GetObject',
      's3:ListObjects',
      's3:HeadObject',
      's3:DeleteObject',
    ]);
    // Half of the buckets have their data events logged.
    if (name.length % 2 === 0)
      estate.write(caller, names, {
        data: true,
        request: {
          bucketName,
          key: `${luck.hex(6)}/${luck.hex(12)}.json`,
          Host: `${bucketName}.s3.${region}.amazonaws.com`,
        },
      });
  } else if (habit === 'identity') {
    estate.write(caller, 'sts:GetCallerIdentity');
  } else if (habit === 'tags') {
    estate.write(
      caller,
      'ec2:DescribeTags',
      luck.chance(0.1)
        ? { error: 'Client.RequestLimitExceeded: Request limit exceeded.' }
        : { request: { filterSet: {} } },
    );
  } else if (habit === 'email') {
    estate.write(caller, luck.chance(0.5) ? 'ses:GetSendQuota' : 'ses:GetAccount');
  } else {
    crosses(estate, luck, caller, name);
  }
}

/** A program of one account works in another by a role there: both trails tell of it. */
function crosses(estate: Estate, luck: Luck, caller: Caller, name: string): void {
  const there: Role = estate.role(estate.accounts.data, 'event-writer');
  const id = luck.uuid();
  const call = {
    request: { roleArn: arnOf(there), roleSessionName: name },
    response: {
      credentials: { accessKeyId: `ASIA${luck.capitals(16)}`, sessionToken: luck.capitals(40) },
      assumedRoleUser: {
        assumedRoleId: `${there.id}:${name}`,
        arn: `arn:aws:sts::${there.account}:assumed-role/${there.name}/${name}`,
      },
    },
    resources: [{ accountId: there.account, type: 'AWS::IAM::Role', ARN: arnOf(there) }],
    more: { sharedEventID: id },
  };
  estate.write(caller, 'sts:AssumeRole', call);
  const principalId = (caller.identity['principalId'] as string | undefined) ?? '';
  estate.write(
    { ...caller, account: there.account, identity: { type: 'AWSAccount', principalId, accountId: caller.account } },
    'sts:AssumeRole',
    call,
  );
}

const domains = [
  'orders',
  'billing',
  'catalog',
  'search',
  'identity',
  'shipping',
  'reports',
  'notify',
  'media',
  'pricing',
];
const verbs = ['sync', 'ingest', 'export', 'validate', 'resize', 'hook', 'api', 'cleanup', 'stream'];
const settings = ['database', 'stripe', 'smtp', 'jwt', 'oauth', 'redis', 'partner'];
