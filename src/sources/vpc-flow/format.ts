/**
 * Field names of flow logs, versions 2 to 8. A header may name any of them in any order.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const defaultFields = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
] as const;

const furtherFields = [
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'type',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'region',
  'az-id',
  'sublocation-type',
  'sublocation-id',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
  'traffic-path',
  'ecs-cluster-arn',
  'ecs-cluster-name',
  'ecs-container-instance-arn',
  'ecs-container-instance-id',
  'ecs-container-id',
  'ecs-second-container-id',
  'ecs-service-name',
  'ecs-task-definition-arn',
  'ecs-task-arn',
  'ecs-task-id',
  'reject-reason',
  'resource-id',
  'encryption-status',
];

const known = new Set<string>([...defaultFields, ...furtherFields]);

/** Names of columns: AWS's with hyphens, or with underscores as Athena and Parquet have them. Undefined: no header. */
export function headerOf(
  line: string,
): { readonly fields: readonly string[]; readonly unknown: readonly string[] } | undefined {
  const fields = line
    .trim()
    .split(/\s+/)
    .map((name) => name.replaceAll('_', '-'));
  const count = fields.filter((name) => known.has(name)).length;
  if (count === 0 || count < fields.length / 2) return undefined;
  return { fields, unknown: fields.filter((name) => !known.has(name)) };
}

/** Whether a line without a header looks like the default format. */
export function isDefaultLine(line: string): boolean {
  const fields = line.trim().split(' ');
  return fields.length === defaultFields.length && /^\d+$/.test(fields[0]!) && /^(eni-|-)/.test(fields[2]!);
}
