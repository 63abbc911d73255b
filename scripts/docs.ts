// npm run docs: writes docs/generated from what is built. test/house/docs.test.ts compares.
import { mkdirSync, writeFileSync } from 'node:fs';
import { rootPath } from '../src/root.ts';
import { generatedDocs } from './generated-docs.ts';

mkdirSync(rootPath('docs', 'generated'), { recursive: true });
for (const [name, text] of Object.entries(await generatedDocs())) {
  writeFileSync(rootPath('docs', 'generated', name), text);
  console.log(`docs/generated/${name}`);
}
