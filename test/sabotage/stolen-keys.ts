import { blockOff, caller, gone, opened, packWithout, passwordPolicy, recon, sequence, stolen } from './parts.ts';
import type { Sabotage } from './sabotage.ts';
import { skipRunOf } from './skipped-run.ts';
import { removeFrom, replaceIn, type World } from './world.ts';

type Row = Omit<Sabotage, 'drill' | 'inSuite'> & { readonly inSuite?: boolean };

// Without the caller's findings there is too little left for a story.
const unlisted = [...gone(caller, recon, sequence), stolen, 'mail to'];

const rows: readonly Row[] = [
  { name: 'nothing', spoil: () => undefined, breaks: [] },
  {
    name: 'no threat list',
    spoil: ({ drillFile }) => replaceIn(drillFile, 'Activate: true', 'Activate: false'),
    breaks: unlisted,
  },
  {
    name: 'the attacker elsewhere',
    spoil: ({ drillFile }) => replaceIn(drillFile, 'from: "${AttackerAddress}"', 'from: 198.51.100.200'),
    breaks: unlisted,
  },
  {
    name: 'no revoking rule',
    spoil: ({ environmentFile }) => {
      removeFrom(environmentFile, ['Resources', 'MaliciousIpRule']);
      removeFrom(environmentFile, ['Resources', 'MaliciousIpPermission']);
      return undefined;
    },
    breaks: [`answers ${caller}`, stolen],
  },
  {
    name: 'revoke-sessions skips its run',
    spoil: (world) => skipRunOf('revoke-sessions', world),
    breaks: [`answers ${caller}`, stolen],
  },
  {
    name: 'only the stolen session revoked',
    spoil: revokeOne,
    breaks: [],
  },
  {
    name: 'revoke-session skips its run',
    spoil: (world) => {
      revokeOne(world);
      return skipRunOf('revoke-session', world);
    },
    breaks: [`answers ${caller}`, stolen],
  },
  without(passwordPolicy, { inSuite: true }),
  without(caller, { besides: [stolen] }),
  without(recon),
  without(blockOff),
  without(opened),
  {
    name: 'every name, tag, account and address another',
    spoil: renamed,
    breaks: [],
  },
];

export const stolenKeys: readonly Sabotage[] = rows.map((row) => ({ inSuite: true, ...row, drill: 'stolen-keys' }));

function without(
  type: string,
  { besides = [], inSuite = false }: { besides?: readonly string[]; inSuite?: boolean } = {},
): Row {
  return {
    name: `no detector of ${type}`,
    inSuite,
    spoil: () => ({ pack: packWithout(type) }),
    breaks: [...gone(type), ...besides],
  };
}

function revokeOne({ drillFile }: World): undefined {
  replaceIn(drillFile, 'playbook: revoke-sessions', 'playbook: revoke-session');
  const stack = '- stack: ../templates/environment.yaml';
  replaceIn(drillFile, stack, `${stack}\n    with: { Revocation: revoke-session }`);
}

function renamed({ drillFile, environmentFile }: World) {
  for (const file of [drillFile, environmentFile]) replaceIn(file, /threat-detection-wksp/g, 'kumo-exercise');
  replaceIn(drillFile, /admin@example\.com/g, 'soc@kumo.example');
  replaceIn(drillFile, /203\.0\.113\.66/g, '192.0.2.201');
  replaceIn(drillFile, /i-0a1b2c3d4e5f60718/g, 'build-runner');
  replaceIn(drillFile, /threats\.txt/g, 'bad.lst');
  replaceIn(drillFile, /config\.py/g, 'settings.toml');
  replaceIn(drillFile, /custom-threat-list/g, 'known-bad');
  replaceIn(drillFile, /\bstolen\b/g, 'leaked');
  replaceIn(drillFile, /renewed/g, 'fresh');
  replaceIn(environmentFile, /-compromised\b/g, '-batch');
  replaceIn(environmentFile, /-gd-threatlist\b/g, '-lists');
  replaceIn(environmentFile, /-guardduty-iam-maliciousip\b/g, '-cut-sessions');
  replaceIn(environmentFile, /-remediation-sessions\b/g, '-cutter');
  replaceIn(environmentFile, /Key: workshop/g, 'Key: exercise');
  return { account: '271828182845' };
}
