import { beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../src/range/hosts/host.ts';
import { type Laboratory, laboratory } from './laboratory.ts';

const attack = `#!/bin/bash
dnf install -y hydra sshpass
printf 'admin\\nalice\\n' > /tmp/users; printf 'winter\\nsummer\\n' > /tmp/words
hydra -L /tmp/users -P /tmp/words ssh://10.0.0.15 > /tmp/out 2>&1
sshpass -p summer ssh -o StrictHostKeyChecking=no alice@10.0.0.15 'sleep 3600'
`;
const victim = `#!/bin/bash
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config
systemctl restart sshd; useradd alice; echo alice:summer | chpasswd
`;

const rows: [string, string, RegExp][] = [
  [
    'ls tells owner, mode and time',
    'ls -l /etc/shadow',
    /^0\|----------\. 1 root root +\d+ Jan {2}5 00:00 \/etc\/shadow\n/,
  ],
  ['ls shows where a link leads', 'ls -ld /bin', /^0\|lrwxrwxrwx\. 1 root root 7 Dec {2}1 00:00 \/bin -> usr\/bin\n/],
  ['ls shows no program of ours', 'ls /usr/bin; echo /usr/bin/__*', /^(?![\s\S]*__bg)/],
  [
    'ls says what it cannot see',
    'su alice -c "ls /root"',
    /^2\|\|ls: cannot open directory '\/root': Permission denied\n$/,
  ],
  ['stat knows names', "stat -c '%U:%G %a %n' /home/alice", /^0\|alice:alice 700 \/home\/alice\n\|$/],
  [
    'ps shows the session and what runs in it',
    'ps -ef',
    /alice +\d+ +\d+ .*sshd: alice@notty\n[\s\S]*alice +\d+ .*sleep 3600\n/,
  ],
  ['ps takes columns', 'ps -eo user,comm | grep alice', /^0\|alice +sshd\nalice +sleep\n\|$/],
  [
    'ss shows the connection',
    'ss -tnp',
    /ESTAB +0 +0 +10\.0\.0\.15:22 +10\.0\.1\.20:\d+ users:\(\("sshd",pid=\d+,fd=4\)\)/,
  ],
  [
    'ss tells no other user whose it is',
    'su alice -c "ss -tlnp"',
    /^0\|State[^\n]*\nLISTEN [^\n]*:22 [^\n]*0\.0\.0\.0:\*\n\|$/,
  ],
  ['the journal has what sshd said', 'journalctl -u sshd --no-pager | grep -c "Failed password"', /^0\|3\n\|$/],
  ['the journal is searched', 'journalctl -u sshd -o cat -g "failed .* for alice" | wc -l', /^0\|[1-9]\d*\n\|$/],
  ['a search that is none', 'journalctl -g "("', /^1\|\|Bad pattern "\("\n$/],
  [
    'the journal is not for everybody',
    'su alice -c journalctl',
    /^1\|\|No journal files were opened due to insufficient permissions\.\n$/,
  ],
  [
    'lastb has the refused guesses',
    'lastb',
    /^0\|alice {4}ssh:notty {4}10\.0\.1\.20 {8}Mon Jan {2}5 00:0\d - [\s\S]*admin [\s\S]*btmp begins/,
  ],
  [
    'last has the boot, as nobody had a terminal',
    'last',
    /^0\|reboot {3}system boot {2}6\.1\.[\s\S]*still running\n\nwtmp begins/,
  ],
  ['sudo tells what one may', 'su ec2-user -c "sudo -l"', /may run the following[\s\S]*\(ALL\) NOPASSWD: ALL\n/],
  [
    'sudo logs who was refused',
    'su alice -c "sudo id"; journalctl -t sudo -o cat',
    /alice : user NOT in sudoers ; PWD=.* ; USER=root ; COMMAND=\/usr\/bin\/id\n/,
  ],
  [
    'systemctl shows the state and the last lines',
    'systemctl status sshd',
    /Active: active \(running\) since [\s\S]*Accepted password for alice/,
  ],
  [
    'a stopped unit has a status of its own',
    'systemctl stop sshd; systemctl status sshd >/dev/null; echo $?',
    /^0\|3\n\|$/,
  ],
  [
    'getent and id agree',
    'getent passwd alice; getent passwd mallory; echo $?',
    /^0\|alice:x:1001:1001::\/home\/alice:\/bin\/bash\n2\n\|$/,
  ],
  [
    'passwd tells the state of a password',
    'passwd -S alice',
    /^0\|alice PS 2026-01-05 0 99999 7 -1 \(Password set, SHA512 crypt\.\)\n/,
  ],
  [
    'find knows owners, ages and modes',
    'find / -user alice -type f | sort | head -1; find /var/log -mmin -30 -name sec* -o -mmin -30 -name btmp; chmod u+s /usr/bin/id; find / -perm -4000',
    /^0\|\/home\/alice\/\.bash_logout\n\/var\/log\/btmp\n\/usr\/bin\/id\n\|$/,
  ],
  [
    'find acts on what it finds',
    "mkdir -p /t/a /t/b; touch /t/a/1 /t/b/2; find /t -type f -exec echo got {} \\;; find /t -type f -exec echo {} + ; find /t ! -path '*b*' -printf '%d %f\\n'; find /t -name a -prune -o -type f -print; find /t -delete; ls /t",
    /^2\|got \/t\/a\/1\ngot \/t\/b\/2\n\/t\/a\/1 \/t\/b\/2\n0 t\n1 a\n2 1\n\/t\/b\/2\n\|ls: cannot access '\/t': No such file or directory\n$/,
  ],
  ['find says what it does not know', 'find / -inum 3', /^1\|\|find: unknown predicate `-inum'\n$/],
  ['env shows what is exported', 'A=1; export B=2; env | grep -E "^(A|B|IFS)="; env C=3 printenv C', /^0\|B=2\n3\n\|$/],
  [
    'the interface has the subnet of its instance',
    'ip -4 addr show | grep -c "10.0.0.15/24 metric 512 brd 10.0.0.255"; ip route',
    /^0\|1\ndefault via 10\.0\.0\.1 dev ens5/,
  ],
  [
    'tail gives the last lines, and says that it does not follow',
    'tail -f -n 1 /etc/passwd; seq 9 | tail -2; tail -1 /etc/hostname',
    /^0\|alice:[^\n]*\n8\n9\nip-[^\n]*\n\|tail: following a file is not modelled/,
  ],
  ['ps takes a user and no titles', 'ps -u alice -o comm --no-headers', /^0\|sshd\nsleep\n\|$/],
  ['systemctl tells of each unit', 'systemctl is-active sshd nothere', /^3\|(in)?active\ninactive\n\|$/],
  [
    'crontab -e installs nothing',
    'dnf install -y cronie >/dev/null; echo "* * * * * true" | crontab -; crontab -e; crontab -l',
    /^0\|\* \* \* \* \* true\n\|crontab: there is no editor/,
  ],
  ['what is not modelled says so', 'tcpdump; echo $?', /^0\|127\n\|tcpdump: not modelled on a host of the range\n$/],
];

describe('a host under investigation', () => {
  let lab: Laboratory;
  let host: Host;
  beforeAll(async () => {
    lab = laboratory();
    host = lab.host('server', { userData: victim });
    host.boot();
    await lab.pass(60_000);
    lab.host('stranger', { userData: attack }).boot();
    await lab.pass(300_000);
  });

  it.each(rows)('%s', async (_name, script, expected) => {
    expect(await lab.run(host, script, { forMs: 5000 })).toMatch(expected);
  });
});
