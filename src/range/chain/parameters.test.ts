import { expect, test } from 'vitest';
import { readModel } from '../../run/adapters/wire/read-models.ts';
import { createWire } from '../wire/create.ts';
import { formsOf, parameters } from './parameters.ts';

const wire = createWire(readModel);
const time = new Date(Date.UTC(2026, 0, 5, 15, 4, 5));

const rows: readonly (readonly [
  what: string,
  operation: `${string}:${string}`,
  side: 'input' | 'output',
  value: Record<string, unknown>,
  written: unknown,
])[] = [
  ['nothing', 'sns:ListTopics', 'input', {}, null],
  ['a member', 'sns:CreateTopic', 'input', { Name: 'A' }, { name: 'A' }],
  [
    'keys of a map as they are',
    'sns:CreateTopic',
    'input',
    { Name: 'a', Attributes: { DisplayName: 'Me' } },
    { name: 'a', attributes: { DisplayName: 'Me' } },
  ],
  [
    'structures under a map',
    'sns:Publish',
    'input',
    { MessageAttributes: { Kind: { DataType: 'String', BinaryValue: new Uint8Array(1) } } },
    { messageAttributes: { Kind: { dataType: 'String' } } },
  ],
  [
    'a secret',
    'iam:CreateLoginProfile',
    'input',
    { UserName: 'a', Password: 'b' },
    { userName: 'a', password: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  ],
  ['a time', 'cloudtrail:LookupEvents', 'input', { StartTime: time }, { startTime: 'Jan 5, 2026, 3:04:05 PM' }],
  [
    'a time of IAM',
    'iam:CreateUser',
    'output',
    { User: { CreateDate: time } },
    { user: { createDate: 'Jan 5, 2026 3:04:05 PM' } },
  ],
  [
    'lists of EC2',
    'ec2:AuthorizeSecurityGroupIngress',
    'input',
    { GroupId: 'sg-1', IpPermissions: [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [] }] },
    {
      groupId: 'sg-1',
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] }, ipv6Ranges: {} }],
      },
    },
  ],
  [
    'an answer of EC2 by the names of its XML',
    'ec2:RunInstances',
    'output',
    { Instances: [{ InstanceId: 'i-1', LaunchTime: time, Tags: [{ Key: 'Name', Value: 'a' }] }] },
    {
      instancesSet: {
        items: [{ instanceId: 'i-1', launchTime: time.getTime(), tagSet: { items: [{ key: 'Name', value: 'a' }] } }],
      },
    },
  ],
];

test.each(rows)('writes %s', (_what, operation, side, value, written) => {
  const [service = '', name = ''] = operation.split(':');
  const forms = { ...formsOf(service), ...(side === 'input' ? { wireNames: false } : {}) };
  expect(parameters(value, wire.operation(service, name)?.[side]?.shape, forms)).toEqual(written);
});
