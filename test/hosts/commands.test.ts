import { describe, expect, it } from 'vitest';
import { laboratory } from './laboratory.ts';

const daemon = `printf '[Service]\\nExecStart=/bin/bash -c "while true; do echo beat >> /var/log/d; sleep 10; done"\\n' > /etc/systemd/system/d.service
systemctl enable --now d; sleep 35; wc -l < /var/log/d; systemctl is-active d; systemctl stop d; sleep 60; wc -l < /var/log/d`;

const rows: [string, string, RegExp][] = [
  ['rpm tells what is installed', 'rpm -q cronie openssl', /^\d\|package cronie is not installed\nopenssl-3\.2\.2/],
  ['ping gets its answers', 'ping -c 2 10.0.1.20', /^0\|PING 10\.0\.1\.20[\s\S]*2 packets transmitted, 2 received/],
  [
    'dig looks names up',
    'dnf install -y bind-utils >/dev/null; dig +short www.example.com',
    /^0\|198\.51\.100\.80\n\|$/,
  ],
  ['wget fetches', 'wget -q -O - http://www.example.com/', /^0\|hello\n\|$/],
  ['nmap scans', 'dnf install -y nmap >/dev/null; nmap -p 22,80 10.0.1.20', /^0\|Starting Nmap[\s\S]*10\.0\.1\.20/],
  [
    'ssh-keygen makes RSA keys, and tells a fingerprint',
    'ssh-keygen -q -t rsa -b 1024 -N "" -f /tmp/k; head -1 /tmp/k; ssh-keygen -l -f /tmp/k.pub; ssh-keygen -y -f /tmp/k | cut -c1-12',
    /^0\|-----BEGIN OPENSSH PRIVATE KEY-----\n1024 SHA256:[\w+/]{43} root@ip-\S+ \(RSA\)\nssh-rsa AAAA\n/,
  ],
  [
    'openssl hashes a password that su accepts',
    'useradd -p "$(openssl passwd -5 winter)" eve; useradd bob; echo winter | su bob -c "su eve -c whoami"',
    /^0\|eve\n/,
  ],
  ["a unit's job runs until it is stopped", daemon, /^0\|4\nactive\n4\n\|$/],
];

describe('commands of a host', () => {
  it.each(rows)('%s', async (_name, script, expected) => {
    const lab = laboratory();
    const [host, other] = [lab.host('server'), lab.host('stranger')];
    host.boot();
    other.boot();
    await lab.pass(30_000);
    expect(await lab.run(host, script)).toMatch(expected);
  });

  it('enter and copy by a key', async () => {
    const lab = laboratory();
    const client = lab.host('stranger');
    client.boot();
    await lab.pass(30_000);
    expect(await lab.run(client, 'ssh-keygen -q -N "" -f ~/.ssh/id_ed25519; stat -c %a ~/.ssh/id_ed25519')).toBe(
      '0|600\n|',
    );
    const server = lab.host('server', { publicKey: client.disk.text('/root/.ssh/id_ed25519.pub').trim() });
    server.boot();
    await lab.pass(30_000);
    const key = '-o StrictHostKeyChecking=no -i ~/.ssh/id_ed25519';
    const script = `ssh ${key} ec2-user@10.0.0.15 'id -un; sudo id -un'; echo hi > /tmp/f
scp ${key} /tmp/f ec2-user@10.0.0.15:g; ssh ${key} ec2-user@10.0.0.15 cat g; chmod 644 ~/.ssh/id_ed25519; ssh ${key} ec2-user@10.0.0.15 id`;
    expect(await lab.run(client, script)).toBe(
      '255|ec2-user\nroot\nhi\n|ec2-user@10.0.0.15: Permission denied (publickey).\n',
    );
  });

  it('are set up by cloud-config', async () => {
    const lab = laboratory();
    const userData =
      '#cloud-config\npackages: [cronie]\nwrite_files:\n  - path: /etc/x\n    content: hi\nruncmd:\n  - echo ran > /ran\n  - [touch, /t]\n';
    const host = lab.host('server', { userData });
    host.boot();
    await lab.pass(60_000);
    expect(await lab.run(host, 'cat /etc/x /ran; ls /t; systemctl is-active crond')).toBe('0|hiran\n/t\nactive\n|');
  });
});
