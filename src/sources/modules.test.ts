import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sources as event } from '../aws/events/generated/scan-event-module.ts';
import { rootPath } from '../root.ts';
import { sources as inflate } from '../run/adapters/files/generated/inflate-module.ts';
import { sources as flows } from './generated/scan-flows-module.ts';
import { sources as calls } from './generated/scan-module.ts';

it.each([
  ['scan', calls],
  ['scan-flows', flows],
  ['inflate', inflate],
  ['scan-event', event],
])('tools/%s is what the module is made of: after a change of it, npm run scan:generate', (name, made) => {
  const folder = rootPath('tools', name);
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(`${folder}/${file}`));
  expect(made).toBe(hash.digest('hex'));
});
