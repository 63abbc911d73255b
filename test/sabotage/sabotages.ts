import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { standingPack } from '../../src/detect/packs.ts';
import { builtPath, rootPath } from '../../src/root.ts';
import { zipOf } from '../functions/zip-of.ts';
import type { Playing } from '../support/drill.ts';
import { removeFrom, replaceIn, type World } from './world.ts';

export interface Sabotage {
  readonly name: string;
  spoil(world: World): Playing | undefined | Promise<Playing | undefined>;
  /** Parts of the names of the expectations that must break: these and no others. None: the drill must hold. */
  readonly breaks: readonly string[];
}

const caller = 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom';
const recon = 'Recon:IAMUser/MaliciousIPCaller.Custom';
const stolen = 'stolen calls s3:GetObject';
const listed = [`finding ${caller}`, `answers ${caller}`, `finding ${recon}`, `no playbook answers ${recon}`];
const sequence = 'AttackSequence:IAM/CompromisedCredentials';
// Without the caller's findings there is too little left for a story.
const unlisted = [...listed, `finding ${sequence}`, `no playbook answers ${sequence}`, stolen, 'mail to'];

export const sabotages: readonly Sabotage[] = [
  { name: 'nothing', spoil: () => undefined, breaks: [] },
  {
    name: 'no threat list',
    spoil: ({ drillFile }) => {
      replaceIn(drillFile, 'Activate: true', 'Activate: false');
      return undefined;
    },
    breaks: unlisted,
  },
  {
    name: 'the attacker elsewhere',
    spoil: ({ drillFile }) => {
      replaceIn(drillFile, 'from: "${AttackerAddress}"', 'from: 198.51.100.200');
      return undefined;
    },
    breaks: unlisted,
  },
  {
    name: 'without the revoking rule',
    spoil: ({ templateFile }) => {
      removeFrom(templateFile, ['Resources', 'MaliciousIpRule']);
      removeFrom(templateFile, ['Resources', 'MaliciousIpPermission']);
      return undefined;
    },
    breaks: [`answers ${caller}`, stolen],
  },
  {
    name: 'a detector removed',
    spoil: () => ({ pack: standingPack.filter(({ about }) => about.type !== 'Stealth:IAMUser/PasswordPolicyChange') }),
    breaks: ['finding Stealth', 'no playbook answers Stealth'],
  },
  {
    name: 'a playbook whose run is skipped',
    spoil: async (world) => {
      await skippedRun(world);
      return undefined;
    },
    breaks: [`answers ${caller}`, stolen],
  },
  {
    name: 'every name, tag, account and address another',
    spoil: ({ drillFile, templateFile }) => {
      for (const file of [drillFile, templateFile]) replaceIn(file, /threat-detection-wksp/g, 'kumo-exercise');
      replaceIn(drillFile, /admin@example\.com/g, 'soc@kumo.example');
      replaceIn(drillFile, /203\.0\.113\.66/g, '192.0.2.201');
      replaceIn(drillFile, /i-0a1b2c3d4e5f60718/g, 'build-runner');
      replaceIn(drillFile, /threats\.txt/g, 'bad.lst');
      replaceIn(drillFile, /config\.py/g, 'settings.toml');
      replaceIn(drillFile, /custom-threat-list/g, 'known-bad');
      replaceIn(templateFile, /-compromised\b/g, '-batch');
      replaceIn(templateFile, /-gd-threatlist\b/g, '-lists');
      replaceIn(templateFile, /-guardduty-iam-maliciousip\b/g, '-cut-sessions');
      replaceIn(templateFile, /-remediation-sessions\b/g, '-cutter');
      replaceIn(templateFile, /Key: workshop/g, 'Key: exercise');
      return { account: '271828182845' };
    },
    breaks: [],
  },
];

/** Puts a bundle whose playbook skips its run in the place of the real one. */
async function skippedRun({ folder, drillFile }: World): Promise<void> {
  const bundles = join(folder, 'drills', 'functions');
  mkdirSync(bundles);
  const built = builtPath('functions');
  for (const name of readdirSync(built)) copyFileSync(join(built, name), join(bundles, name));
  const { outputFiles } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    entryPoints: [rootPath('test', 'sabotage', 'skipped-run.ts')],
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild gave no file');
  writeFileSync(join(bundles, 'revoke-sessions.zip'), zipOf({ 'index.cjs': file.text }));
  replaceIn(drillFile, 'functions: playbooks', 'functions: functions');
}
