// Tabular: the packages that hosts can have, with what they put on a disk.

/** A package as the range's repositories offer it. */
export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly summary: string;
  /** Commands that exist only with it. */
  readonly commands?: readonly string[];
  /** Where a command also lies, outside the search path. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly units?: readonly string[];
  /** Units that installing also enables, as the distribution's presets say. */
  readonly enabled?: readonly string[];
  readonly needs?: readonly string[];
}

const cronFiles = {
  '/etc/crontab': 'SHELL=/bin/bash\nPATH=/sbin:/bin:/usr/sbin:/usr/bin\nMAILTO=root\n',
  '/etc/cron.d/0hourly': '# Run the hourly jobs\nSHELL=/bin/bash\nPATH=/sbin:/bin:/usr/sbin:/usr/bin\nMAILTO=root\n',
};

const rsyslogConfig =
  '*.info;mail.none;authpriv.none;cron.none /var/log/messages\nauthpriv.* /var/log/secure\ncron.* /var/log/cron\n';

/** Names and versions differ by vintage; what a package does, does not. */
const shared: readonly Omit<PackageSpec, 'version' | 'release'>[] = [
  {
    name: 'cronie',
    summary: 'Cron daemon',
    commands: ['crontab'],
    units: ['crond'],
    enabled: ['crond'],
    files: cronFiles,
  },
  {
    name: 'rsyslog',
    summary: 'System logging',
    units: ['rsyslog'],
    enabled: ['rsyslog'],
    files: { '/etc/rsyslog.conf': rsyslogConfig },
  },
  { name: 'openssh-server', summary: 'SSH server', units: ['sshd'], enabled: ['sshd'] },
  { name: 'openssh-clients', summary: 'SSH clients', commands: ['ssh', 'scp', 'ssh-keygen', 'ssh-keyscan'] },
  { name: 'net-tools', summary: 'Basic networking tools', commands: ['ifconfig', 'netstat', 'route'] },
  { name: 'sshpass', summary: 'Non-interactive SSH passwords', commands: ['sshpass'] },
  { name: 'hydra', summary: 'Login guesser', commands: ['hydra'] },
  { name: 'nmap', summary: 'Port scanner', commands: ['nmap'] },
  { name: 'bind-utils', summary: 'DNS clients', commands: ['dig', 'host', 'nslookup'] },
  { name: 'awscli', summary: 'AWS command line', commands: ['aws'] },
  { name: 'wget', summary: 'Downloads', commands: ['wget'] },
  {
    name: 'amazon-cloudwatch-agent',
    summary: 'CloudWatch agent',
    units: ['amazon-cloudwatch-agent'],
    commands: ['amazon-cloudwatch-agent-ctl'],
    programs: { '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl': 'amazon-cloudwatch-agent-ctl' },
  },
  { name: 'awslogs', summary: 'CloudWatch Logs agent', units: ['awslogsd', 'awslogs'] },
  {
    name: 'amazon-ssm-agent',
    summary: 'Systems Manager agent',
    units: ['amazon-ssm-agent'],
    enabled: ['amazon-ssm-agent'],
  },
  { name: 'httpd', summary: 'Web server', units: ['httpd'] },
  { name: 'nginx', summary: 'Web server', units: ['nginx'] },
  { name: 'openssl', summary: 'Cryptography', commands: ['openssl'] },
  { name: 'curl', summary: 'Transfers', commands: ['curl'] },
  { name: 'python3', summary: 'Python (interpreter not modelled)' },
  { name: 'git', summary: 'Version control (commands not modelled)' },
  { name: 'jq', summary: 'JSON queries' },
  { name: 'gcc', summary: 'Compiler (commands not modelled)' },
  { name: 'make', summary: 'Build tool (commands not modelled)' },
  { name: 'openssl-devel', summary: 'Headers' },
  { name: 'libssh-devel', summary: 'Headers' },
];

const versions: Readonly<Record<'now' | '2019', Readonly<Record<string, string>>>> = {
  now: {
    cronie: '1.5.7-1.amzn2023.0.2',
    rsyslog: '8.2204.0-3.amzn2023.0.4',
    'openssh-server': '8.7p1-8.amzn2023.0.15',
    'openssh-clients': '8.7p1-8.amzn2023.0.15',
    openssl: '3.2.2-1.amzn2023.0.1',
    curl: '8.11.1-4.amzn2023.0.1',
    'amazon-cloudwatch-agent': '1.300057.1-1.amzn2023',
  },
  '2019': {
    cronie: '1.4.11-23.amzn2',
    rsyslog: '8.24.0-16.amzn2.6.1',
    'openssh-server': '7.4p1-16.amzn2.0.6',
    'openssh-clients': '7.4p1-16.amzn2.0.6',
    openssl: '1.0.2k-16.amzn2.1.1',
    curl: '7.61.1-11.amzn2.0.2',
    awslogs: '1.1.4-3.amzn2',
  },
};

/** What the image of a vintage brings. Amazon Linux 2023 has neither cron nor rsyslog. */
export const preinstalled: Readonly<Record<'now' | '2019', readonly string[]>> = {
  now: ['openssh-server', 'openssh-clients', 'openssl', 'curl', 'python3', 'amazon-ssm-agent', 'wget', 'jq', 'awscli'],
  '2019': [
    'cronie',
    'rsyslog',
    'openssh-server',
    'openssh-clients',
    'openssl',
    'curl',
    'wget',
    'awscli',
    'amazon-ssm-agent',
    'bind-utils',
    'net-tools',
  ],
};

export function packagesOf(vintage: 'now' | '2019'): readonly PackageSpec[] {
  const suffix = vintage === 'now' ? 'amzn2023' : 'amzn2';
  return shared.map((spec) => {
    const [version = '1.0', release = `1.${suffix}`] = (versions[vintage][spec.name] ?? `1.0-1.${suffix}`).split('-');
    return { ...spec, version, release };
  });
}
