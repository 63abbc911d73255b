import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootPath } from '../../src/root.ts';

/** Our bin and scripts around a `main` of the test's own; node_modules is a link, as in a worktree. */
export function checkoutWith(main: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-checkout-'));
  for (const name of ['bin', 'scripts', 'package.json', 'package-lock.json'])
    cpSync(rootPath(name), join(folder, name), { recursive: true });
  symlinkSync(rootPath('node_modules'), join(folder, 'node_modules'));
  const lists = ['functions', 'alone', 'assets'].map((name) => `export const ${name} = [];`);
  writeFileSync(
    join(folder, 'scripts/entries.mjs'),
    `export const modules = { cli: 'src/cli/main.ts' };\n${lists.join('\n')}\nexport const apart = {};\n`,
  );
  mkdirSync(join(folder, 'src/cli'), { recursive: true });
  writeFileSync(join(folder, 'src/cli/main.ts'), main);
  return folder;
}
