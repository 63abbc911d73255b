import type { OperationPlan } from '../../../wire/plan.ts';
import { CliError } from './errors.ts';

/** An option that is no member of the model: the CLI's own name for something inside it. */
export interface Alias {
  readonly option: string;
  put(input: Record<string, unknown>, value: string | Uint8Array): void;
}

const text = (value: string | Uint8Array) => (typeof value === 'string' ? value : Buffer.from(value).toString('utf8'));

const zipFile: Alias = {
  option: 'zip-file',
  put(input, value) {
    if (typeof value === 'string')
      throw new CliError(
        '\n--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip\n',
        252,
      );
    input['Code'] = { ...(input['Code'] as object | undefined), ZipFile: value };
  },
};

const count: Alias = {
  option: 'count',
  put(input, value) {
    const [min, max = min] = text(value).split(':');
    Object.assign(input, { MinCount: Number(min), MaxCount: Number(max) });
  },
};

/** The first rule of a security group's change, which the four options fill together. */
function rule(option: string, put: (into: Record<string, unknown>, value: string) => void): Alias {
  return {
    option,
    put(input, value) {
      const [first = {}] = (input['IpPermissions'] as Record<string, unknown>[] | undefined) ?? [];
      put(first, text(value));
      input['IpPermissions'] = [first];
    },
  };
}

const rules: readonly Alias[] = [
  rule('protocol', (into, value) => Object.assign(into, { IpProtocol: value === 'all' ? '-1' : value })),
  rule('port', (into, value) => {
    const [from, to = from] = value === 'all' ? ['-1'] : value.split(/(?<=.)-/);
    Object.assign(into, { FromPort: Number(from), ToPort: Number(to) });
  }),
  rule('cidr', (into, value) => Object.assign(into, { IpRanges: [{ CidrIp: value }] })),
  rule('source-group', (into, value) => Object.assign(into, { UserIdGroupPairs: [{ GroupId: value }] })),
];

export function aliasesOf({ service, name }: OperationPlan): readonly Alias[] {
  if (service.name === 'lambda' && name === 'CreateFunction') return [zipFile];
  if (service.name !== 'ec2') return [];
  if (name === 'RunInstances') return [count];
  return /^(Authorize|Revoke)SecurityGroup(Ingress|Egress)$/.test(name) ? rules : [];
}

/** What the CLI adds by itself: tokens, encoded user data, and that `run-instances` means one. */
export function completed(input: Record<string, unknown>, plan: OperationPlan, random: () => number): void {
  for (const { name, idempotencyToken } of plan.input?.shape.members ?? [])
    if (idempotencyToken) input[name] ??= uuid(random);
  if (plan.service.name !== 'ec2' || plan.name !== 'RunInstances') return;
  if (typeof input['UserData'] === 'string') input['UserData'] = Buffer.from(input['UserData']).toString('base64');
  input['MinCount'] ??= 1;
  input['MaxCount'] ??= 1;
}

function uuid(random: () => number): string {
  const digit = (max: number) => Math.floor(random() * max);
  const sign = { x: () => digit(16), y: () => 8 + digit(4) };
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replaceAll(/[xy]/g, (kind) => sign[kind as 'x' | 'y']().toString(16));
}
