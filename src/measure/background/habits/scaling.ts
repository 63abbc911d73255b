import type { JsonObject } from '../../../model/json.ts';
import { arnOf, type Caller, linkedCaller, sessionIdentity, sessionKey } from '../caller.ts';
import { type AccountName, type Estate, type Place, regions } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { natAddress } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { given, instanceSession } from './services.ts';

/** Fleets that grow by day and shrink by night, and clusters whose controllers keep watch. */
export function beginScaling(estate: Estate): void {
  for (const name of ['production', 'payments', 'staging', 'development', 'data'] satisfies AccountName[]) {
    for (const region of regions.slice(0, name === 'production' ? 3 : 2)) {
      const place = { account: estate.accounts[name], region };
      const luck = estate.luck.fork(`scaling ${name} ${region}`);
      estate.begin(fleet(estate, luck.fork('fleet'), place));
      estate.begin(alarmsFollow(estate, luck.fork('alarms'), place));
      if (name !== 'payments') estate.begin(cluster(estate, luck.fork('cluster'), place, `${name}-${region}`));
    }
  }
}

function* fleet(estate: Estate, luck: Luck, place: Place): Habit {
  const linked = estate.linkedRole(place.account, 'autoscaling.amazonaws.com', 'AWSServiceRoleForAutoScaling');
  const exits = [natAddress(luck, place.region), natAddress(luck, place.region)];
  let running: string[] = [];
  for (;;) {
    yield luck.about(50 * minute);
    const caller = linkedCaller(luck, place, linked, 'autoscaling.amazonaws.com');
    const wanted = Math.round(6 * estate.load(place.region));
    if (running.length < wanted) {
      const id = `i-${luck.hex(17)}`;
      running = [...running, id];
      estate.write(caller, 'ec2:RunInstances', {
        request: {
          instancesSet: { items: [{ imageId: `ami-${luck.hex(17)}`, minCount: 1, maxCount: 1 }] },
          launchTemplate: { launchTemplateId: 'lt-0a1b2c3d4e5f60718', version: '7' },
        },
      });
      estate.write(caller, 'elasticloadbalancing:RegisterTargets', { request: { targets: [{ id }] } });
      estate.begin(newborn(estate, luck.fork(id), place, id, exits));
    } else {
      const [oldest = `i-${luck.hex(17)}`, ...others] = running;
      running = others;
      estate.write(caller, 'elasticloadbalancing:DeregisterTargets', { request: { targets: [{ id: oldest }] } });
      estate.write(caller, 'ec2:TerminateInstances', {
        request: { instancesSet: { items: [{ instanceId: oldest }] } },
      });
    }
    estate.write(caller, 'ec2:DescribeInstances');
  }
}

/** What an instance does when it starts: registers, reads its settings, fetches its code. */
function* newborn(estate: Estate, luck: Luck, place: Place, id: string, exits: readonly string[]): Habit {
  const role = estate.role(place.account, 'web-instance');
  yield luck.about(20 * second);
  const identity = instanceSession(estate, luck, place, role, id);
  const caller: Caller = {
    ...place,
    identity,
    from: luck.pick(exits),
    agent:
      'aws-cli/2.25.0 md/awscrt#0.26.1 ua/2.1 os/linux#6.1.147-172.266.amzn2023.x86_64 md/arch#x86_64 lang/python#3.9.23',
  };
  for (const name of [
    'sts:GetCallerIdentity',
    'ec2:DescribeTags',
    'ssm:GetParametersByPath',
    'secretsmanager:GetSecretValue',
    'ecr:GetAuthorizationToken',
    'autoscaling:CompleteLifecycleAction',
    'ec2:AssociateAddress',
  ]) {
    yield luck.about(3 * second);
    if (name !== 'ec2:AssociateAddress' || luck.chance(0.2))
      estate.write(caller, name, {
        request: name.startsWith('sts') ? null : { path: '/web/', secretId: 'web/database' },
        reads: !name.includes('Complete') && !name.includes('Associate'),
      });
  }
}

/** Target tracking makes alarms and removes them again, all day. */
function* alarmsFollow(estate: Estate, luck: Luck, place: Place): Habit {
  const linked = estate.linkedRole(
    place.account,
    'ecs.application-autoscaling.amazonaws.com',
    'AWSServiceRoleForApplicationAutoScaling_ECSService',
  );
  for (;;) {
    yield luck.about(70 * minute);
    const caller = linkedCaller(luck, place, linked, 'ecs.application-autoscaling.amazonaws.com');
    estate.write(caller, 'ecs:UpdateService', {
      request: { cluster: 'main', service: 'orders', desiredCount: luck.whole(2, 9) },
    });
    estate.write(caller, luck.chance(0.5) ? 'monitoring:PutMetricAlarm' : 'monitoring:DeleteAlarms', {
      request: { alarmName: `TargetTracking-service/main/orders-${luck.uuid()}` },
    });
  }
}

interface Controller {
  readonly name: string;
  readonly meanM: number;
  readonly calls: readonly string[];
  readonly throttled?: number;
}

const controllers: readonly Controller[] = [
  {
    name: 'aws-load-balancer-controller',
    meanM: 30,
    calls: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:RegisterTargets',
      'elasticloadbalancing:DeregisterTargets',
      'ec2:DescribeSecurityGroups',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RevokeSecurityGroupIngress',
    ],
  },
  {
    name: 'external-dns',
    meanM: 60,
    calls: ['route53:ListHostedZones', 'route53:ListResourceRecordSets', 'route53:ChangeResourceRecordSets'],
  },
  {
    name: 'ebs-csi-controller',
    meanM: 90,
    calls: [
      'ec2:CreateVolume',
      'ec2:AttachVolume',
      'ec2:DescribeVolumes',
      'ec2:DetachVolume',
      'ec2:DeleteVolume',
      'ec2:CreateSnapshot',
      'ec2:DeleteSnapshot',
      'ec2:CreateTags',
    ],
  },
  {
    name: 'karpenter',
    meanM: 40,
    calls: [
      'ec2:CreateFleet',
      'ec2:RunInstances',
      'ec2:TerminateInstances',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeSpotPriceHistory',
      'pricing:GetProducts',
      'ssm:GetParameter',
      'ec2:CreateLaunchTemplate',
      'ec2:DeleteLaunchTemplate',
      'iam:GetInstanceProfile',
    ],
    throttled: 0.05,
  },
  {
    name: 'cluster-autoscaler',
    meanM: 30,
    calls: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:SetDesiredCapacity',
      'ec2:DescribeInstanceTypes',
      'autoscaling:TerminateInstanceInAutoScalingGroup',
    ],
    throttled: 0.03,
  },
  { name: 'cert-manager', meanM: 400, calls: ['route53:GetChange', 'route53:ChangeResourceRecordSets'] },
  {
    name: 'aws-node',
    meanM: 20,
    calls: [
      'ec2:CreateNetworkInterface',
      'ec2:AttachNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:DescribeNetworkInterfaces',
      'ec2:ModifyNetworkInterfaceAttribute',
      'ec2:DeleteNetworkInterface',
    ],
  },
];

function* cluster(estate: Estate, luck: Luck, place: Place, name: string): Habit {
  const exits = [natAddress(luck, place.region), natAddress(luck, place.region)];
  for (const controller of controllers)
    estate.begin(watches(estate, luck.fork(controller.name), place, name, controller, exits));
  estate.begin(keepsSecrets(estate, luck.fork('secrets'), place, name, exits));
  yield day;
}

/** A pod's token becomes a session of its role, once an hour. */
function pod(estate: Estate, luck: Luck, place: Place, name: string, controller: string, from: string): Caller {
  const role = estate.role(place.account, `${name}-${controller}`);
  const provider = `arn:aws:iam::${place.account}:oidc-provider/oidc.eks.${place.region}.amazonaws.com/id/${estate.luck.fork(`cluster ${name}`).hex(32).toUpperCase()}`;
  const subject = `system:serviceaccount:kube-system:${controller}`;
  const key = sessionKey(luck);
  const session = String(estate.now * 1_000_000);
  const agent = 'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.4 md/GOOS#linux md/GOARCH#amd64';
  estate.write(
    {
      ...place,
      from,
      agent,
      identity: {
        type: 'WebIdentityUser',
        principalId: `${provider}:sts.amazonaws.com:${subject}`,
        userName: subject,
        identityProvider: provider,
      },
    },
    'sts:AssumeRoleWithWebIdentity',
    {
      request: { roleArn: arnOf(role), roleSessionName: session },
      response: {
        subjectFromWebIdentityToken: subject,
        provider,
        audience: 'sts.amazonaws.com',
        ...given(estate, luck, role, session, key),
      },
    },
  );
  return {
    ...place,
    from,
    agent,
    identity: sessionIdentity({ role, name: session, key, created: estate.now, provider }),
  };
}

function* watches(
  estate: Estate,
  luck: Luck,
  place: Place,
  name: string,
  controller: Controller,
  exits: readonly string[],
): Habit {
  let caller = pod(estate, luck, place, name, controller.name, luck.pick(exits));
  let until = estate.now + 4 * hour;
  for (;;) {
    yield luck.about((controller.meanM * minute) / estate.load(place.region));
    if (estate.now > until) {
      caller = pod(estate, luck, place, name, controller.name, luck.pick(exits));
      until = estate.now + 4 * hour;
    }
    const call = luck.pick(controller.calls);
    const isThrottled = luck.chance(controller.throttled ?? 0.005);
    estate.write(
      caller,
      call,
      isThrottled
        ? { error: 'Client.RequestLimitExceeded: Request limit exceeded.' }
        : { request: requestOf(call, luck) },
    );
  }
}

function requestOf(call: string, luck: Luck): JsonObject {
  if (call === 'ec2:RunInstances') {
    const instanceType = luck.pick(['m7i.xlarge', 'c7g.2xlarge', 'r7i.4xlarge', 'm7i.12xlarge', 'g5.xlarge']);
    return {
      instanceType,
      instancesSet: { items: [{ imageId: `ami-${luck.hex(17)}`, minCount: 1, maxCount: luck.whole(1, 3) }] },
    };
  }
  if (!call.endsWith('SecurityGroupIngress')) return {};
  return {
    groupId: `sg-${luck.hex(17)}`,
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: 30_080,
          toPort: 32_000,
          groups: { items: [{ groupId: `sg-${luck.hex(17)}` }] },
          ipRanges: {},
        },
      ],
    },
  };
}

/** Copies all secrets of the cluster's applications from the vault, every few hours, in one go. */
function* keepsSecrets(estate: Estate, luck: Luck, place: Place, name: string, exits: readonly string[]): Habit {
  const secrets = Array.from({ length: luck.whole(8, 30) }, () => `${name}/${luck.hex(6)}`);
  for (;;) {
    yield 4 * hour + luck.about(10 * minute);
    const caller = pod(estate, luck, place, name, 'external-secrets', luck.pick(exits));
    for (const secretId of secrets) {
      estate.write(caller, 'secretsmanager:GetSecretValue', { request: { secretId } });
      yield luck.about(200);
    }
  }
}
