import { AwsError } from '../../../aws/error.ts';
import type { Task } from '../../clock.ts';
import { content } from '../disk/inode.ts';
import type { HostInside } from '../host.ts';
import { reachAws } from '../net/reach.ts';
import type { Behaving } from '../units.ts';

interface Collected {
  readonly path: string;
  readonly group: string;
  readonly stream: string;
  /** How far the file was read. */
  offset: number;
  made: boolean;
}

const pollMs = 5_000;

/** The CloudWatch agent, or `awslogs` before it: new lines of configured files go to CloudWatch Logs with the role's credentials. */
export function startLogAgent(host: HostInside, unit: string): Behaving | string {
  const files = (unit.startsWith('awslogs') ? awslogsFiles(host) : agentFiles(host)).map((one) => ({
    ...one,
    offset: 0,
    made: false,
  }));
  if (files.length === 0) return 'no log files are configured to be collected';
  const { clock } = host.ports;
  let cancel = () => {};
  let sending = false;
  const poll = () => {
    const waiting = files.some((file) => sizeOf(host, file.path) > file.offset);
    if (waiting && !sending) {
      sending = true;
      clock
        .spawn(`${host.spec.id} ${unit}`, (task) => sendAll(host, files, task))
        .catch((error: unknown) => host.note(unit, String(error)))
        .finally(() => {
          sending = false;
        });
    }
    cancel = clock.at(clock.now() + pollMs, poll, `${host.spec.id} ${unit}`);
  };
  cancel = clock.at(clock.now() + pollMs, poll, `${host.spec.id} ${unit}`);
  return { ports: [], stop: () => cancel() };
}

async function sendAll(host: HostInside, files: readonly Collected[], task: Task): Promise<void> {
  for (const file of files) if (host.running) await send(host, file, task);
}

async function send(host: HostInside, file: Collected, task: Task): Promise<void> {
  const node = host.disk.find(file.path);
  if (node?.kind !== 'file') return;
  if (node.size < file.offset) file.offset = 0;
  const text = Buffer.from(content(node)).subarray(file.offset).toString('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole === '') return;
  const now = host.ports.clock.now();
  const logEvents = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((message) => ({ timestamp: now, message }));
  const names = { logGroupName: file.group, logStreamName: file.stream };
  try {
    if (!file.made) {
      await ifNew(call(host, task, 'CreateLogGroup', { logGroupName: file.group }));
      await ifNew(call(host, task, 'CreateLogStream', names));
      file.made = true;
    }
    await call(host, task, 'PutLogEvents', { ...names, logEvents });
    file.offset += Buffer.byteLength(whole);
  } catch (error) {
    // Refused or unreachable: the agent says so in its own log and tries again at the next poll.
    if (!(error instanceof AwsError)) throw error;
    host.note('amazon-cloudwatch-agent', `${file.path}: ${error.code}: ${error.message}`);
  }
}

async function ifNew(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
  }
}

function call(host: HostInside, task: Task, operation: string, input: Record<string, unknown>) {
  const { metadata, aws, net } = host.ports;
  const region = net.interface().region;
  const credentials = metadata.credentials('2.0');
  const sourceIp = reachAws(host, 'logs', region, task);
  if (sourceIp === undefined) throw new AwsError('RequestError', 'could not connect to the endpoint');
  const userAgent = 'CWAgent/1.300057 (go1.24; linux; amd64)';
  return aws.call({
    waiting: { task },
    service: 'logs',
    operation,
    region,
    input,
    sourceIp,
    userAgent,
    ...(credentials === undefined ? {} : { credentials }),
  });
}

function sizeOf(host: HostInside, path: string): number {
  const node = host.disk.find(path);
  return node?.kind === 'file' ? node.size : 0;
}

type Wanted = Omit<Collected, 'offset' | 'made'>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html */
function agentFiles(host: HostInside): Wanted[] {
  const base = '/opt/aws/amazon-cloudwatch-agent';
  const folder = host.disk.find(`${base}/etc/amazon-cloudwatch-agent.d`);
  const paths = [
    `${base}/etc/amazon-cloudwatch-agent.json`,
    ...(folder?.kind === 'folder'
      ? [...folder.entries.keys()].map((name) => `${base}/etc/amazon-cloudwatch-agent.d/${name}`)
      : []),
  ];
  return paths.flatMap((path) => {
    const config = readJson(host.disk.text(path)) as {
      logs?: { logs_collected?: { files?: { collect_list?: Record<string, string>[] } } };
    };
    return (config.logs?.logs_collected?.files?.collect_list ?? []).map((one) => ({
      path: one['file_path'] ?? '',
      group: one['log_group_name'] ?? (one['file_path'] ?? '').split('/').pop() ?? '',
      stream: named(host, one['log_stream_name'] ?? '{instance_id}'),
    }));
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No file, or one that is no JSON: it configures nothing.
    return {};
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AgentReference.html */
function awslogsFiles(host: HostInside): Wanted[] {
  return host.disk
    .text('/etc/awslogs/awslogs.conf')
    .split(/^\[/m)
    .flatMap((section) => {
      const value = (name: string) => new RegExp(`^${name}\\s*=\\s*(.+?)\\s*$`, 'm').exec(section)?.[1];
      const path = value('file');
      return path === undefined
        ? []
        : [
            {
              path,
              group: value('log_group_name') ?? path,
              stream: named(host, value('log_stream_name') ?? '{instance_id}'),
            },
          ];
    });
}

function named(host: HostInside, stream: string): string {
  return stream
    .replaceAll('{instance_id}', host.spec.id)
    .replaceAll('{hostname}', host.spec.hostname)
    .replaceAll('{local_hostname}', host.spec.hostname);
}
