interface BaseFile {
  readonly text: string;
  readonly mode?: number;
  readonly uid?: number;
}

const passwd = `root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
mail:x:8:12:mail:/var/spool/mail:/sbin/nologin
nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin
sshd:x:74:74:Privilege-separated SSH:/usr/share/empty.sshd:/sbin/nologin
ec2-user:x:1000:1000:EC2 Default User:/home/ec2-user:/bin/bash
`;

const group = `root:x:0:
bin:x:1:
daemon:x:2:
adm:x:4:ec2-user
wheel:x:10:ec2-user
mail:x:12:
systemd-journal:x:190:ec2-user
sshd:x:74:
nobody:x:65534:
ec2-user:x:1000:
`;

const shadow = `root:*LOCK*:18000::::::
bin:*:18000:0:99999:7:::
daemon:*:18000:0:99999:7:::
mail:*:18000:0:99999:7:::
nobody:*:18000:0:99999:7:::
sshd:!!:18000::::::
ec2-user:!!:18000:0:99999:7:::
`;

// Both images refuse passwords; the newer one reads a folder of snippets first, so a snippet wins over the line below.
const sshdConfig = {
  now: `Include /etc/ssh/sshd_config.d/*.conf

AuthorizedKeysFile .ssh/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp /usr/libexec/openssh/sftp-server
`,
  '2019': `HostKey /etc/ssh/ssh_host_rsa_key
SyslogFacility AUTHPRIV
AuthorizedKeysFile .ssh/authorized_keys
#PasswordAuthentication yes
#PermitEmptyPasswords no
PasswordAuthentication no
ChallengeResponseAuthentication no
UsePAM yes
Subsystem sftp /usr/libexec/openssh/sftp-server
`,
};

const release = {
  now: `NAME="Amazon Linux"
VERSION="2023"
ID="amzn"
ID_LIKE="fedora"
VERSION_ID="2023"
PRETTY_NAME="Amazon Linux 2023"
`,
  '2019': `NAME="Amazon Linux"
VERSION="2"
ID="amzn"
ID_LIKE="centos rhel fedora"
VERSION_ID="2"
PRETTY_NAME="Amazon Linux 2"
`,
};

/** The files of an image that belong to no package here. */
export function baseFiles(vintage: 'now' | '2019'): Readonly<Record<string, BaseFile>> {
  return {
    '/etc/passwd': { text: passwd },
    '/etc/group': { text: group },
    '/etc/shadow': { text: shadow, mode: 0o000 },
    '/etc/sudoers': { text: 'root ALL=(ALL) ALL\n%wheel ALL=(ALL) ALL\n#includedir /etc/sudoers.d\n', mode: 0o440 },
    '/etc/sudoers.d/90-cloud-init-users': { text: 'ec2-user ALL=(ALL) NOPASSWD:ALL\n', mode: 0o440 },
    '/etc/ssh/sshd_config': { text: sshdConfig[vintage], mode: 0o600 },
    '/etc/os-release': { text: release[vintage] },
    '/etc/system-release': {
      text: vintage === 'now' ? 'Amazon Linux release 2023\n' : 'Amazon Linux release 2 (Karoo)\n',
    },
    '/etc/hosts': { text: '127.0.0.1 localhost\n::1 localhost6\n' },
    '/etc/resolv.conf': { text: 'nameserver 169.254.169.253\n' },
    '/etc/profile': { text: '# System-wide settings of login shells.\n' },
    '/etc/shells': { text: '/bin/sh\n/bin/bash\n/sbin/nologin\n' },
    '/dev/null': { text: '', mode: 0o666 },
    ...(vintage === '2019' ? { '/var/log/messages': { text: '', mode: 0o600 } } : {}),
    '/home/ec2-user/.bashrc': { text: '# .bashrc\n', uid: 1000 },
  };
}
