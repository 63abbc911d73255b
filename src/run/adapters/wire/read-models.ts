import { readFileSync } from 'node:fs';
import type { ReadModel } from '../../../range/wire/model.ts';
import { assetPath } from '../../../root.ts';

/** The wire's committed model files. */
export const readModel: ReadModel = (service) => {
  try {
    return readFileSync(assetPath('range', 'wire', 'models', `${service}.json`), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
