import { gzipSync } from 'node:zlib';
import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import { defaultFields, parseFormat } from '../../network/flow-record.ts';
import type { FlowLine, FlowLog } from '../../network/ledger.ts';
import type { Call, Consumer, ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { roles } from '../iam/tables.ts';
import { type DescribeInput, describe } from './describe.ts';
import { interfaces } from './network-interfaces.ts';
import { all, found, kind, newId, type Row, refuse } from './resource.ts';
import { subnets } from './subnets.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

export interface FlowLogRow extends Row {
  readonly resource: string;
  readonly traffic: 'ALL' | 'ACCEPT' | 'REJECT';
  readonly destination: 'cloud-watch-logs' | 's3';
  readonly group?: string;
  readonly roleArn?: string;
  readonly s3Arn?: string;
  readonly format?: string;
  readonly intervalS: 60 | 600;
  readonly createdAt: number;
  readonly error?: string;
}

export const flowLogs = kind<FlowLogRow>({
  prefix: 'fl',
  type: 'vpc-flow-log',
  notFound: 'InvalidFlowLogId.NotFound',
  words: 'The flow log ID',
});

export const CreateFlowLogs = operation<{
  ResourceIds: readonly string[];
  ResourceType: string;
  TrafficType?: FlowLogRow['traffic'];
  LogDestinationType?: string;
  LogDestination?: string;
  LogGroupName?: string;
  DeliverLogsPermissionArn?: string;
  LogFormat?: string;
  MaxAggregationInterval?: number;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    const destination = input.LogDestinationType ?? 'cloud-watch-logs';
    if (destination !== 'cloud-watch-logs' && destination !== 's3') {
      throw refuse('NotImplemented', `Flow logs to ${destination} are not built in this range yet.`);
    }
    const format = input.LogFormat === undefined ? { fields: defaultFields } : parseFormat(input.LogFormat);
    if ('unknown' in format) throw refuse('InvalidParameter', `Unknown fields provided: [${format.unknown}]`);
    const interval = input.MaxAggregationInterval ?? 600;
    if (interval !== 60 && interval !== 600)
      throw refuse('InvalidParameter', 'Invalid Flow Log Max Aggregation Interval');
    const group =
      input.LogGroupName ?? (destination === 'cloud-watch-logs' ? input.LogDestination?.split(':')[6] : undefined);
    if (destination === 'cloud-watch-logs' && (group === undefined || input.DeliverLogsPermissionArn === undefined)) {
      throw refuse(
        'InvalidParameter',
        "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
      );
    }
    if (destination === 's3' && input.LogDestination === undefined)
      throw refuse('InvalidParameter', "LogDestination can't be empty.");
    const ids = input.ResourceIds.map((resource) => {
      exists(resource, input.ResourceType, call);
      const row: FlowLogRow = {
        id: newId(call, flowLogs),
        resource,
        traffic: input.TrafficType ?? 'ALL',
        destination,
        intervalS: interval,
        createdAt: call.time,
        tags: tagsFor('vpc-flow-log', input.TagSpecifications, call),
        ...(group === undefined ? {} : { group }),
        ...(input.DeliverLogsPermissionArn === undefined ? {} : { roleArn: input.DeliverLogsPermissionArn }),
        ...(destination === 's3' ? { s3Arn: input.LogDestination! } : {}),
        ...(input.LogFormat === undefined ? {} : { format: input.LogFormat }),
      };
      flowLogs.rows.put(call, row.id, row);
      return row.id;
    });
    return { FlowLogIds: ids, Unsuccessful: [] };
  },
});

export const DeleteFlowLogs = operation<{ FlowLogIds: readonly string[] }>({
  handle(input, call) {
    const missing = input.FlowLogIds.filter((id) => flowLogs.rows.get(call, id) === undefined);
    for (const id of input.FlowLogIds) flowLogs.rows.remove(call, id);
    return {
      Unsuccessful: missing.map((id) => ({
        ResourceId: id,
        Error: {
          Code: 'InvalidFlowLogId.NotFound',
          Message: `These flow log ids in the input list are not found: [${id}]`,
        },
      })),
    };
  },
});

export const DescribeFlowLogs = operation<
  DescribeInput & { Filter?: DescribeInput['Filters']; FlowLogIds?: readonly string[] }
>({
  handle(input, call) {
    const filters = { ...input, ...(input.Filter === undefined ? {} : { Filters: input.Filter }) };
    const { rows, token } = describe(flowLogs, call, filters, input.FlowLogIds, (row) => ({
      'flow-log-id': row.id,
      'resource-id': row.resource,
      'log-group-name': row.group,
      'log-destination-type': row.destination,
      'traffic-type': row.traffic,
      'deliver-log-status': row.error === undefined ? 'SUCCESS' : 'FAILED',
    }));
    return { FlowLogs: rows.map(render), ...token };
  },
});

/** The flow logs that watch an interface: its own, its subnet's, its VPC's. */
export function flowLogsOf(
  scope: ReadScope,
  at: { readonly id: string; readonly subnet: string; readonly vpc: string },
): readonly FlowLog[] {
  return [...all(flowLogs, scope)].flatMap((row) => {
    if (row.resource !== at.id && row.resource !== at.subnet && row.resource !== at.vpc) return [];
    const parsed = row.format === undefined ? { fields: defaultFields } : parseFormat(row.format);
    if ('unknown' in parsed) return [];
    return [
      {
        id: row.id,
        intervalMs: row.intervalS === 60 ? 60_000 : 600_000,
        fields: parsed.fields,
        traffic: row.traffic,
        destination: row.destination,
      },
    ];
  });
}

export interface Lines {
  readonly flowLog: string;
  readonly interfaceId: string;
  readonly lines: readonly FlowLine[];
}

/** Writes what an aggregate held to where the account wants it, as the role that the account gave. */
export const deliverFlowLines: Consumer<Lines> = {
  topic: 'ec2.flow-lines',
  async handle({ flowLog, interfaceId, lines }, work) {
    const row = await work.commit((scope) => flowLogs.rows.get(scope, flowLog), { keep: true });
    if (row === undefined) return work.commit(() => {});
    let error: string | undefined;
    try {
      if (row.destination === 's3') await toS3(row, lines, work);
      else await toLogs(row, interfaceId, lines, work);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      error = thrown.code.startsWith('AccessDenied') ? 'Access error' : thrown.code;
    }
    await work.commit((scope) => {
      const { error: _, ...clean } = flowLogs.rows.get(scope, flowLog) ?? row;
      flowLogs.rows.put(scope, row.id, error === undefined ? clean : { ...clean, error });
    });
  },
};

type Work = Parameters<typeof deliverFlowLines.handle>[1];

async function toLogs(row: FlowLogRow, interfaceId: string, lines: readonly FlowLine[], work: Work): Promise<void> {
  const role = await work.commit((scope) => roles.get(scope, row.roleArn?.split('/').at(-1) ?? ''), { keep: true });
  if (role === undefined) throw new AwsError('AccessDenied', `The role ${row.roleArn} does not exist`);
  const sessionName = 'FlowLogsSession';
  const as: Caller = {
    kind: 'assumed-role',
    account: work.account,
    arn: `arn:aws:sts::${work.account}:assumed-role/${role.name}/${sessionName}`,
    roleArn: role.arn,
    roleId: role.id,
    roleName: role.name,
    sessionName,
    accessKeyId: '',
    session: { issuedAt: work.now(), expiresAt: work.now() + 3_600_000, mfa: false },
  };
  const to = { as, account: work.account, region: work.region, service: 'logs', via: 'vpc-flow-logs.amazonaws.com' };
  const logStreamName = `${interfaceId}-${row.traffic.toLowerCase()}`;
  try {
    await work.invoke({ ...to, operation: 'CreateLogStream', input: { logGroupName: row.group, logStreamName } });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
  }
  const logEvents = [...lines]
    .sort((a, b) => a.time - b.time)
    .map(({ time, text }) => ({ timestamp: time, message: text }));
  await work.invoke({ ...to, operation: 'PutLogEvents', input: { logGroupName: row.group, logStreamName, logEvents } });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html */
async function toS3(row: FlowLogRow, lines: readonly FlowLine[], work: Work): Promise<void> {
  const [bucket = '', ...folders] = (row.s3Arn ?? '').replace('arn:aws:s3:::', '').split('/');
  const prefix = folders
    .filter((part) => part !== '')
    .map((part) => `${part}/`)
    .join('');
  const iso = new Date(work.now()).toISOString();
  const stamp = `${iso.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const hash = await work.commit((scope) => scope.ids.hex(8), { keep: true });
  const folder = `${prefix}AWSLogs/${work.account}/vpcflowlogs/${work.region}/${iso.slice(0, 10).replaceAll('-', '/')}`;
  const key = `${folder}/${work.account}_vpcflowlogs_${work.region}_${row.id}_${stamp}_${hash}.log.gz`;
  const header = (row.format === undefined ? defaultFields : fieldsOf(row.format)).join(' ');
  const body = gzipSync(`${[header, ...lines.map(({ text }) => text)].join('\n')}\n`);
  await work.invoke({
    as: {
      kind: 'service',
      service: 'delivery.logs.amazonaws.com',
      sourceArn: `arn:aws:logs:${work.region}:${work.account}:*`,
      sourceAccount: work.account,
    },
    account: work.account,
    region: work.region,
    service: 's3',
    operation: 'PutObject',
    input: { Bucket: bucket, Key: key, ACL: 'bucket-owner-full-control', Body: once(body), ContentLength: body.length },
  });
}

function fieldsOf(format: string): readonly string[] {
  const parsed = parseFormat(format);
  return 'unknown' in parsed ? [] : parsed.fields;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function exists(resource: string, type: string, call: Call): void {
  if (type === 'VPC') found(vpcs, call, resource);
  else if (type === 'Subnet') found(subnets, call, resource);
  else if (type === 'NetworkInterface') found(interfaces, call, resource);
  else throw refuse('NotImplemented', `Flow logs of a ${type} are not built in this range yet.`);
}

function render(row: FlowLogRow) {
  const names = row.format === undefined ? defaultFields : fieldsOf(row.format);
  return {
    FlowLogId: row.id,
    FlowLogStatus: 'ACTIVE',
    ResourceId: row.resource,
    TrafficType: row.traffic,
    LogDestinationType: row.destination,
    CreationTime: new Date(row.createdAt),
    MaxAggregationInterval: row.intervalS,
    LogFormat: names.map((name) => `\${${name}}`).join(' '),
    DeliverLogsStatus: row.error === undefined ? 'SUCCESS' : 'FAILED',
    ...(row.error === undefined ? {} : { DeliverLogsErrorMessage: row.error }),
    ...(row.group === undefined ? {} : { LogGroupName: row.group }),
    ...(row.roleArn === undefined ? {} : { DeliverLogsPermissionArn: row.roleArn }),
    ...(row.s3Arn === undefined ? {} : { LogDestination: row.s3Arn }),
    Tags: tagSet(row),
  };
}
