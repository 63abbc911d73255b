import type { Sabotage } from './sabotage.ts';
import { stolenKeys } from './stolen-keys.ts';
import { workshop } from './workshop.ts';

export const sabotages: readonly Sabotage[] = [...stolenKeys, ...workshop];
