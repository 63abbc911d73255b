import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { alone, apart, assets, functions, modules } from './entries.mjs';
import { zipOf } from './zip.mjs';

/** A whole build: `dependencies` stay outside, `devDependencies` (the SDK clients) go in, one chunk for what is shared. */
export async function buildInto(root, folder) {
  const { build, stop } = await import('esbuild');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const external = Object.keys(dependencies);
  await Promise.all([
    build({
      ...esm(root),
      entryPoints: modules,
      outdir: folder,
      splitting: true,
      // Beside the rest, so that they find what stands apart.
      chunkNames: '[name]-[hash]',
      external,
      plugins: [standApart],
    }),
    ...alone.map((options) => build({ ...esm(root), outdir: folder, external, ...options })),
    buildFunctions(build, root, folder),
  ]);
  // Its child process would stay as long as we do, which for a range is hours.
  await stop();
  for (const path of assets) cpSync(join(root, 'src', path), join(folder, path), { recursive: true });
  // mkdtemp makes 0700, and a checkout may be used by others than who built it.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, '.done'), '');
}

/** Leaves what has a bundle of its own to that bundle. */
export const standApart = {
  name: 'stand apart',
  setup(build) {
    build.onResolve({ filter: /\/just-bash\.ts$/ }, ({ path }) => {
      const [, file] = Object.entries(apart).find(([source]) => source.endsWith(path.replace(/^.*\//, '/'))) ?? [];
      return file && { path: file, external: true };
    });
  },
};

/** Options of every bundle. The banner's name is long because bundled libraries declare the short ones themselves. */
export function esm(root) {
  const banner =
    "import { createRequire as yaguraCreateRequire } from 'node:module'; const require = yaguraCreateRequire(import.meta.url);";
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    loader: { '.md': 'text', '.sh': 'text' },
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/** One build for all, which parses what they share once; each is whole in itself, as Lambda wants it. */
async function buildFunctions(build, root, folder) {
  const entryPoints = Object.fromEntries(functions.map(({ slug, source }) => [slug, source]));
  const options = { ...esm(root), banner: {}, format: 'cjs', minify: true, keepNames: true };
  const { outputFiles } = await build({ ...options, entryPoints, outdir: 'functions', write: false });
  mkdirSync(join(folder, 'functions'));
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(folder, 'functions', `${basename(path, '.js')}.zip`), zipOf('index.cjs', contents));
  }
}
