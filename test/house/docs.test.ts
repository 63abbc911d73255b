import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedDocs } from '../../scripts/generated-docs.ts';
import { rootPath } from '../../src/root.ts';

const docs = await generatedDocs();

test.each(Object.keys(docs))('docs/generated/%s is what `npm run docs` writes', (name) => {
  expect(readFileSync(rootPath('docs', 'generated', name), 'utf8')).toBe(docs[name]);
});
