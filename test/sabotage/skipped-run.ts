import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { playbooks } from '../../src/respond/playbooks/index.ts';
import { builtPath, rootPath } from '../../src/root.ts';
import { zipOf } from '../functions/zip-of.ts';
import { replaceIn, type World } from './world.ts';

/** Puts a bundle in the place of a playbook's that says it ran, and did nothing: only looking again can tell. */
export async function skipRunOf(slug: string, { folder, drillFile }: World): Promise<undefined> {
  if (!playbooks.some((each) => each.slug === slug)) throw new Error(`there is no playbook ${slug} to skip`);
  const bundles = join(folder, 'drills', 'functions');
  mkdirSync(bundles);
  const built = builtPath('functions');
  for (const name of readdirSync(built)) copyFileSync(join(built, name), join(bundles, name));
  const { outputFiles } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    stdin: { contents: skipping(slug), loader: 'ts', resolveDir: rootPath('src') },
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild gave no file');
  writeFileSync(join(bundles, `${slug}.zip`), zipOf({ 'index.cjs': file.text }));
  replaceIn(drillFile, 'functions: playbooks', 'functions: functions');
}

function skipping(slug: string): string {
  return `
    import { playbooks } from './respond/playbooks/index.ts';
    import { entry } from './run/functions/entry.ts';
    const real = playbooks.find((each) => each.slug === '${slug}')!;
    export const handler = entry({ ...real, run: async (target) => ({ target, evidence: [{ en: 'said to be done', ja: '実行したことにした' }] }) });
  `;
}
