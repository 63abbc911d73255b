// Compiles AssemblyScript to WebAssembly: the scanners of CloudTrail, of flow logs and of events, and what inflates. Run by
// `npm run scan:generate`.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const tools = dirname(fileURLToPath(import.meta.url));
const options = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--enable',
  'simd',
  '--outFile',
  'scan.wasm',
];
await compile('scan', 'scan.ts', 'src/sources');
await compile('scan-flows', 'scan.ts', 'src/sources');
await compile('inflate', 'inflate.ts', 'src/run/adapters/files');
await compile('scan-event', 'scan.ts', 'src/aws/events');

async function compile(folder, entry, room) {
  const sources = Object.fromEntries(
    readdirSync(join(tools, folder)).map((name) => [name, readFileSync(join(tools, folder, name), 'utf8')]),
  );
  let binary;
  const { error, stderr } = await asc.main([entry, ...options], {
    readFile: (name) => sources[name] ?? null,
    writeFile: (_, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null) {
    process.stderr.write(`${stderr.toString()}\n`);
    process.exit(1);
  }
  const hash = createHash('sha256');
  for (const name of Object.keys(sources).sort()) hash.update(name).update(sources[name]);
  const lines = Buffer.from(binary)
    .toString('base64')
    .match(/.{1,110}/g);
  writeFileSync(
    join(tools, `../${room}/generated/${folder}-module.ts`),
    `// Written by tools/scan.mjs from tools/${folder}/: do not edit.

/** SHA-256 of the sources that this was made of. */
export const sources = '${hash.digest('hex')}';

export const module = \`
${lines.join('\n')}
\`;
`,
  );
}
