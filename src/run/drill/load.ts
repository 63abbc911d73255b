import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DrillFaults, readDrill } from '../../drill/read.ts';
import type { Drill } from '../../drill/schema.ts';
import { rootPath } from '../../root.ts';
import { UserError } from '../errors.ts';
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
  return read(file, isName ? `drill "${nameOrFile}"` : nameOrFile);
}

/** Ours, by name. */
export function ourDrills(): readonly LoadedDrill[] {
  const files = readdirSync(drillsFolder()).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => read(join(drillsFolder(), name), name));
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
