import {
  blockOff,
  bruteForce,
  caller,
  gone,
  instanceCaller,
  opened,
  packWithout,
  passwordPolicy,
  recon,
  stolen,
} from './parts.ts';
import type { Sabotage } from './sabotage.ts';
import { skipRunOf } from './skipped-run.ts';
import { removeFrom, replaceIn, type World } from './world.ts';

type Row = Omit<Sabotage, 'drill' | 'inSuite'> & { readonly inSuite?: boolean };

const guessRefused = /^packet from .*:22: REJECT$/;
const pingRefused = /^packet from .*\.\d+: REJECT$/;
const ownCall = /^i-[0-9a-f]+ calls s3:GetObject: done$/;
// What the stolen credentials are used for. The server itself goes on doing enough for a story of its own.
const used = [...gone(caller, recon, passwordPolicy), stolen];

const rows: readonly Row[] = [
  {
    name: 'a password that is not among the guesses',
    inSuite: true,
    spoil: ({ attackFile }) => replaceIn(attackFile, 'Default: password123', 'Default: Unguessable1'),
    breaks: used,
  },
  {
    name: "sshd's password authentication left off",
    inSuite: true,
    spoil: ({ attackFile }) => replaceIn(attackFile, 'PasswordAuthentication yes', 'PasswordAuthentication no'),
    breaks: [...used, ...gone(bruteForce), guessRefused, 'mail to'],
  },
  {
    name: 'metadata that asks for a token',
    spoil: ({ attackFile }) => replaceIn(attackFile, 'HttpTokens: optional', 'HttpTokens: required'),
    breaks: used,
  },
  {
    name: 'no threat list',
    inSuite: true,
    spoil: ({ attackFile }) => replaceIn(attackFile, '--activate', '--no-activate'),
    breaks: [...gone(instanceCaller, caller, recon), pingRefused, stolen],
  },
  {
    name: 'no NACL function',
    inSuite: true,
    spoil: ({ environmentFile }) => {
      const rules = ['BruteForceRule', 'InstanceMaliciousIpRule', 'BlockRanRule'];
      for (const name of ['BlockFunction', ...rules, ...rules.map((rule) => rule.replace('Rule', 'Permission'))])
        removeFrom(environmentFile, ['Resources', name]);
      removeFrom(environmentFile, ['Outputs', 'BlockFunctionArn']);
      return undefined;
    },
    breaks: ['block-address answers', guessRefused, pingRefused],
  },
  {
    name: 'a NACL function that may not write',
    spoil: ({ environmentFile }) => replaceIn(environmentFile, 'ec2:CreateNetworkAclEntry, ', ''),
    breaks: [/^block-address answers .*: verified/, guessRefused, pingRefused],
  },
  {
    name: 'no rule for a brute force',
    spoil: ({ environmentFile }) => {
      removeFrom(environmentFile, ['Resources', 'BruteForceRule']);
      removeFrom(environmentFile, ['Resources', 'BruteForcePermission']);
      return undefined;
    },
    breaks: [`block-address answers ${bruteForce}`, guessRefused],
  },
  {
    name: 'block-address skips its run',
    inSuite: true,
    spoil: (world) => skipRunOf('block-address', world),
    breaks: [/^block-address answers .*: verified/, guessRefused, pingRefused],
  },
  {
    name: 'revoke-sessions skips its run',
    spoil: (world) => skipRunOf('revoke-sessions', world),
    breaks: [`revoke-sessions answers ${caller}`, `rotate-instance-credentials answers ${caller}`, stolen],
  },
  {
    name: 'rotate-instance-credentials skips its run',
    inSuite: true,
    spoil: (world) => skipRunOf('rotate-instance-credentials', world),
    breaks: [`rotate-instance-credentials answers ${caller}`, ownCall],
  },
  without(bruteForce, { besides: [guessRefused, 'mail to'], inSuite: true }),
  without(instanceCaller, { besides: [pingRefused] }),
  without(caller, { besides: [stolen] }),
  without(recon),
  without(passwordPolicy),
  without(blockOff),
  without(opened),
  {
    name: 'every name, tag, user, password, account, network and address another',
    inSuite: true,
    spoil: renamed,
    breaks: [],
  },
];

export const workshop: readonly Sabotage[] = rows.map((row) => ({ inSuite: false, ...row, drill: 'workshop' }));

function without(
  type: string,
  { besides = [], inSuite = false }: { besides?: Sabotage['breaks']; inSuite?: boolean } = {},
): Row {
  return {
    name: `no detector of ${type}`,
    inSuite,
    spoil: () => ({ pack: packWithout(type) }),
    breaks: [...gone(type), ...besides],
  };
}

function renamed({ drillFile, environmentFile, attackFile }: World) {
  const both = [environmentFile, attackFile];
  for (const file of [drillFile, ...both]) replaceIn(file, /threat-detection-wksp/g, 'acme-practice');
  for (const file of both) {
    replaceIn(file, /-gd-threatlist\b/g, '-lists');
    replaceIn(file, /-\$\{AWS::Region\}-data\b/g, '-${AWS::Region}-files');
    replaceIn(file, /-\$\{AWS::Region\}-logs\b/g, '-${AWS::Region}-audit');
    replaceIn(file, /Key: workshop/g, 'Key: exercise');
    replaceIn(file, /-compromised\b/g, '-web');
  }
  replaceIn(environmentFile, /-remediation-/g, '-answer-');
  replaceIn(environmentFile, /-guardduty-finding-/g, '-when-');
  replaceIn(environmentFile, /-trail\b/g, '-history');
  replaceIn(drillFile, /admin@example\.com/g, 'ops@example.org');
  replaceIn(drillFile, /\bstolen\b/g, 'leaked');
  for (const [from, to] of attackNames) {
    replaceIn(attackFile, from, to);
    if (/^(calls\.sh|\/opt\/attack|config\.ini)$/.test(from)) replaceIn(drillFile, from, to);
  }
  return { account: '161803398874' };
}

const attackNames: readonly (readonly [string, string])[] = [
  ['alice', 'carol'],
  ['root admin ec2-user test', 'eve mallory trent'],
  ['123456 qwerty letmein welcome1 password', 'one two three four five six seven'],
  ['password123', 'sunshine9'],
  ['10.0.0.0/16', '172.20.0.0/16'],
  ['10.0.0.0/24', '172.20.8.0/24'],
  ['10.0.0.15', '172.20.8.77'],
  ['10.0.1.0/24', '172.20.9.0/24'],
  ['-attacker', '-stranger'],
  ['Malicious Host', 'Somebody'],
  ['Compromised Instance', 'Shop'],
  ['/opt/attack', '/srv/tools'],
  ['attack.sh', 'round.sh'],
  ['cron.d/attack', 'cron.d/round'],
  ['log/attack.log', 'log/round.log'],
  ['calls.sh', 'backup.sh'],
  ['users.txt', 'names.lst'],
  ['passwords.txt', 'words.lst'],
  ['found.txt', 'hits.lst'],
  ['employees.csv', 'staff.csv'],
  ['config.ini', 'settings.toml'],
  ['memo.txt', 'letter.txt'],
  ['passwd.txt', 'shadow.txt'],
  ['role.json', 'answer.json'],
  ['threats.txt', 'bad.lst'],
  ['custom-threat-list', 'known-bad'],
  ['beacon', 'pulse'],
  ['intruder', 'guest'],
  ['PolicyName: application', 'PolicyName: shop'],
];
