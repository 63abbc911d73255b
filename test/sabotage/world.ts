import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { DrillResult } from '../../src/drill/result.ts';
import { rootPath } from '../../src/root.ts';
import { played } from '../support/drill.ts';
import type { Sabotage } from './sabotage.ts';

/** A copy of a story's files that may be spoiled. */
export interface World {
  readonly folder: string;
  readonly drillFile: string;
  readonly environmentFile: string;
  readonly attackFile: string;
}

/** Copies drill and templates, lets `spoil` change them, and plays what is left. */
export async function playSpoilt({ drill, spoil }: Pick<Sabotage, 'drill' | 'spoil'>): Promise<DrillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-sabotage-'));
  for (const name of ['drills', 'templates']) cpSync(rootPath(name), join(folder, name), { recursive: true });
  const drillFile = join(folder, 'drills', `${drill}.yaml`);
  const [environmentFile, attackFile] = [
    join(folder, 'templates', 'environment.yaml'),
    join(folder, 'templates', 'attack.yaml'),
  ];
  try {
    return await played(drillFile, await spoil({ folder, drillFile, environmentFile, attackFile }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function replaceIn(file: string, from: string | RegExp, to: string): undefined {
  const before = readFileSync(file, 'utf8');
  const after = before.replaceAll(from, to);
  if (after === before) throw new Error(`${file} does not contain ${from}: the sabotage would break nothing`);
  writeFileSync(file, after);
}

/** Takes one step or resource away; comments and the rest stay as they are. */
export function removeFrom(file: string, path: readonly (string | number)[]): void {
  const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  if (!document.deleteIn(path)) throw new Error(`${file} has no ${path.join('.')}: the sabotage would break nothing`);
  writeFileSync(file, document.toString());
}
