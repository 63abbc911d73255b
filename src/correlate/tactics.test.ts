import { expect, test } from 'vitest';
import { pack } from '../detect/detectors/index.ts';
import { tacticOf } from './tactics.ts';

test.each(
  pack
    .filter(({ about }) => !about.type.startsWith('Policy:'))
    .map(({ id, about }) => [id, about.type, about.technique]),
)('%s is a stage of some tactic', (_id, type, technique) => {
  expect(tacticOf(type, technique)).toBeDefined();
});
