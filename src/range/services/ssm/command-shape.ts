import type { ReadScope } from '../../operation.ts';
import { instances } from '../ec2/instances.ts';
import { errorOutputMax, outputMax, pluginOutputMax } from './limits.ts';
import { outputUrl } from './output.ts';
import { type CommandRow, type InvocationRow, invocations } from './tables.ts';

const plugin = 'aws:runShellScript';
const cutMark = '---Output truncated---';

export function invocationsOf(scope: ReadScope, command: CommandRow): readonly InvocationRow[] {
  return command.instances.flatMap((instance) => invocations.get(scope, `${command.id}/${instance}`) ?? []);
}

/** A command as a whole: what its invocations come to. https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html */
export function commandShape(row: CommandRow, scope: ReadScope) {
  const each = invocationsOf(scope, row);
  const count = (...statuses: string[]) => each.filter(({ status }) => statuses.includes(status)).length;
  const done = each.length - count('Pending', 'InProgress');
  const errors = count('Failed', 'TimedOut');
  const [Status, StatusDetails] = statusOf(row, each, done, errors);
  return {
    CommandId: row.id,
    DocumentName: row.document,
    DocumentVersion: '$DEFAULT',
    Comment: row.comment,
    ExpiresAfter: new Date(row.requestedAt + (row.deliveryTimeoutS + row.executionTimeoutS) * 1000),
    Parameters: row.parameters,
    InstanceIds: row.targets.length > 0 ? [] : row.instances,
    Targets: row.targets,
    RequestedDateTime: new Date(row.requestedAt),
    Status,
    StatusDetails,
    OutputS3BucketName: row.output?.bucket ?? '',
    OutputS3KeyPrefix: row.output?.prefix ?? '',
    MaxConcurrency: '50',
    MaxErrors: '0',
    TargetCount: row.instances.length,
    CompletedCount: done,
    ErrorCount: errors,
    DeliveryTimedOutCount: each.filter(({ details }) => details === 'DeliveryTimedOut').length,
    ServiceRole: '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
    CloudWatchOutputConfig: logsOf(row),
    TimeoutSeconds: row.deliveryTimeoutS,
  };
}

function statusOf(row: CommandRow, each: readonly InvocationRow[], done: number, errors: number): [string, string] {
  if (each.length === 0) return ['Success', 'NoInstancesInTag'];
  if (done < each.length)
    return each.some(({ status }) => status !== 'Pending') ? ['InProgress', 'InProgress'] : ['Pending', 'Pending'];
  if (row.cancelled && each.some(({ status }) => status === 'Cancelled')) return ['Cancelled', 'Cancelled'];
  if (errors === 0) return ['Success', 'Success'];
  const [first] = each.filter(({ status }) => status === 'TimedOut');
  if (first !== undefined && each.every(({ status }) => status === 'TimedOut')) return ['TimedOut', first.details];
  return ['Failed', 'Failed'];
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html */
export function resultShape(row: InvocationRow, command: CommandRow, { region }: Pick<ReadScope, 'region'>) {
  const { startedAt, endedAt } = row;
  return {
    CommandId: command.id,
    InstanceId: row.instance,
    Comment: command.comment,
    DocumentName: command.document,
    DocumentVersion: '$DEFAULT',
    PluginName: plugin,
    ResponseCode: row.exit,
    ExecutionStartDateTime: startedAt === undefined ? '' : timeText(startedAt),
    ExecutionElapsedTime: startedAt === undefined || endedAt === undefined ? '' : durationText(endedAt - startedAt),
    ExecutionEndDateTime: endedAt === undefined ? '' : timeText(endedAt),
    Status: row.status,
    StatusDetails: row.details,
    StandardOutputContent: cut(row.stdout, outputMax),
    StandardOutputUrl: outputUrl(command, row.instance, 'stdout', region),
    StandardErrorContent: cut(row.stderr, errorOutputMax),
    StandardErrorUrl: outputUrl(command, row.instance, 'stderr', region),
    CloudWatchOutputConfig: logsOf(command),
  };
}

export function invocationShape(row: InvocationRow, command: CommandRow, scope: ReadScope, details: boolean) {
  return {
    CommandId: command.id,
    InstanceId: row.instance,
    InstanceName: instances.rows.get(scope, row.instance)?.tags['Name'] ?? '',
    Comment: command.comment,
    DocumentName: command.document,
    DocumentVersion: '$DEFAULT',
    RequestedDateTime: new Date(command.requestedAt),
    Status: row.status,
    StatusDetails: row.details,
    StandardOutputUrl: outputUrl(command, row.instance, 'stdout', scope.region),
    StandardErrorUrl: outputUrl(command, row.instance, 'stderr', scope.region),
    CommandPlugins: details ? [pluginShape(row, command, scope)] : [],
    ServiceRole: '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
    CloudWatchOutputConfig: logsOf(command),
  };
}

function pluginShape(row: InvocationRow, command: CommandRow, { region }: ReadScope) {
  const errors = row.stderr === '' ? '' : `\n----------ERROR-------\n${row.stderr}`;
  return {
    Name: plugin,
    Status: row.status,
    StatusDetails: row.details,
    ResponseCode: row.exit,
    ...(row.startedAt === undefined ? {} : { ResponseStartDateTime: new Date(row.startedAt) }),
    ...(row.endedAt === undefined ? {} : { ResponseFinishDateTime: new Date(row.endedAt) }),
    Output: cut(`${row.stdout}${errors}`, pluginOutputMax),
    StandardOutputUrl: outputUrl(command, row.instance, 'stdout', region),
    StandardErrorUrl: outputUrl(command, row.instance, 'stderr', region),
    OutputS3BucketName: command.output?.bucket ?? '',
    OutputS3KeyPrefix: command.output?.prefix ?? '',
  };
}

function logsOf({ output }: CommandRow) {
  return { CloudWatchLogGroupName: output?.group ?? '', CloudWatchOutputEnabled: output?.group !== undefined };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - cutMark.length - 1)}\n${cutMark}`;
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}

/** `PT1M2.345S` */
function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return `PT${minutes > 0 ? `${minutes}M` : ''}${seconds}S`;
}
