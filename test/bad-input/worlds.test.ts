import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Host } from '../../src/range/hosts/host.ts';
import { instances } from '../../src/range/services/ec2/instances.ts';
import { type Administrator, administratorOf } from '../support/administrator.ts';
import { type TestRange, testRange } from '../support/range.ts';
import { hostOf, runOn, serverWith, stackOf } from '../support/server.ts';

// Networks that cannot be, and hosts that do their worst: AWS's or bash's own message, a stated limit, and a range that goes on.
let range: TestRange;
let call: Administrator;
let made: Readonly<Record<string, string>>;
let server: Host;

const worst = `#!/bin/bash
echo one > /no/such/folder/file
echo 'PermitRootLogin perhaps' >> /etc/ssh/sshd_config
echo 'Nonsense' >> /etc/ssh/sshd_config
systemctl restart sshd
dd if=/dev/zero of=/large bs=1M count=100
(while :; do :; done) &
bomb() { bomb | bomb & }; bomb
echo f0VMRgEC/w== | base64 -d | bash
echo over > /over
`;

beforeAll(async () => {
  range = await testRange();
  call = administratorOf(range);
  made = await stackOf(range, 'worst', serverWith(['ssm:*', 'ssmmessages:*', 'ec2messages:*'], worst));
  server = hostOf(range, made['Server'] ?? '');
  await range.pass(600_000);
}, 120_000);
afterAll(() => range.close());

test('user data that loops, bombs and fills leaves a host that still works', async () => {
  const output = server.disk.text('/var/log/cloud-init-output.log');
  expect(server.disk.text('/over')).toBe('over\n');
  for (const message of [
    'bash: /no/such/folder/file: No such file or directory',
    "dd: error writing '/large': File too large",
  ]) {
    expect(output).toContain(message);
  }
  expect(server.serves('sshd')).toBe(false);
  expect(await runOn(range, server, 'whoami; systemctl is-active sshd')).toMatch(/^3\|root\n(inactive|failed)\n\|/);
  const { Reservations } = await call('ec2.DescribeInstances', { InstanceIds: [made['Server']] });
  expect(Reservations).toHaveLength(1);
});

test('user data that loops for ever is killed, and its instance runs on', async () => {
  const { subnet, image } = instances.rows.get(
    { tx: range.store, account: range.account, region: 'us-west-2' },
    made['Server'] ?? '',
  )!;
  const UserData = Buffer.from('#!/bin/bash\nwhile :; do :; done\n').toString('base64');
  const one = { ImageId: image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, SubnetId: subnet, UserData };
  const { Instances } = await call('ec2.RunInstances', one);
  const [{ InstanceId = '' } = {}] = Instances as readonly { readonly InstanceId: string }[];
  await range.pass(120_000);
  const looping = hostOf(range, InstanceId);
  expect(looping.disk.text('/var/log/cloud-init-output.log')).toContain('scripts-user: exit code 137');
  expect(await runOn(range, looping, 'whoami')).toBe('0|root\n|');
});

const networks: readonly (readonly [what: string, call: string, input: () => object, refused: string])[] = [
  [
    'a subnet over another',
    'ec2.CreateSubnet',
    () => ({ VpcId: made['Vpc'], CidrBlock: '10.0.0.128/25' }),
    'InvalidSubnet.Conflict',
  ],
  [
    'a subnet outside of its VPC',
    'ec2.CreateSubnet',
    () => ({ VpcId: made['Vpc'], CidrBlock: '10.1.0.0/24' }),
    'InvalidSubnet.Range',
  ],
  ['a block that is none', 'ec2.CreateVpc', () => ({ CidrBlock: '10.0.0.0/8' }), 'InvalidVpc.Range'],
  ['a block that is no block', 'ec2.CreateVpc', () => ({ CidrBlock: '10.0.0.300/16' }), 'InvalidParameterValue'],
  [
    'a route to a gateway that is not there',
    'ec2.CreateRoute',
    () => ({ RouteTableId: made['Routes'], DestinationCidrBlock: '192.0.2.0/24', GatewayId: 'igw-0123456789abcdef0' }),
    'InvalidInternetGatewayID.NotFound',
  ],
  [
    'a route that is there',
    'ec2.CreateRoute',
    () => ({ RouteTableId: made['Routes'], DestinationCidrBlock: '0.0.0.0/0', GatewayId: made['Gateway'] }),
    'RouteAlreadyExists',
  ],
];

test.each(networks)('%s is refused', async (_, operation, input, refused) => {
  await expect(call(operation, input() as Record<string, unknown>)).rejects.toMatchObject({ code: refused });
});
