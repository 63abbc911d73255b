import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../cli/errors.ts';
import { DrillFaults, readDrill } from '../../drill/read.ts';
import type { Drill } from '../../drill/schema.ts';
import { rootPath } from '../../root.ts';
import { fileFaults } from './faults.ts';

export interface LoadedDrill {
  readonly drill: Drill;
  readonly file: string;
  readonly folder: string;
}

/** One of ours by its name, or a file of the user's by its path. */
export function loadDrill(nameOrFile: string, cwd: string): LoadedDrill {
  const isName = /^[a-z0-9-]+$/.test(nameOrFile);
  const file = isName ? join(drillsFolder(), `${nameOrFile}.yaml`) : resolve(cwd, nameOrFile);
  const loaded = read(file, isName ? `drill "${nameOrFile}"` : nameOrFile);
  const [unbuilt] = unbuiltIn(loaded.drill);
  if (unbuilt === undefined) return loaded;
  throw new UserError({
    code: 'DRILL_NEEDS_UNBUILT',
    message: {
      en: `${file}:${unbuilt.line}: "${unbuilt.kind}" is not built in this version of Yagura`,
      ja: `${file}:${unbuilt.line}: "${unbuilt.kind}" はこのバージョンの Yagura では未実装です`,
    },
    hint: 'yagura drill list',
  });
}

/** Ours, by name. */
export function ourDrills(): readonly LoadedDrill[] {
  const files = readdirSync(drillsFolder()).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => read(join(drillsFolder(), name), name));
}

/** What of a drill only a later version can play. */
export function unbuiltIn({ environment, expect }: Drill): readonly { readonly kind: string; readonly line: number }[] {
  return [...environment, ...expect].filter(({ kind }) => kind === 'witness' || kind === 'packet');
}

function drillsFolder(): string {
  return rootPath('drills');
}

function read(file: string, called: string): LoadedDrill {
  const text = textOf(file, called);
  try {
    return { drill: readDrill(text), file, folder: dirname(file) };
  } catch (error) {
    if (error instanceof DrillFaults) throw fileFaults(file, error.faults);
    throw error;
  }
}

function textOf(file: string, called: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError({
      code: 'DRILL_NOT_FOUND',
      message: {
        en: `there is no ${called} (${file}: ${(error as NodeJS.ErrnoException).code})`,
        ja: `${called} が見つかりません (${file}: ${(error as NodeJS.ErrnoException).code})`,
      },
      expected: {
        en: 'the name of one of our drills, or the path of a file',
        ja: '付属ドリルの名前、またはファイルのパス',
      },
      hint: 'yagura drill list',
    });
  }
}
