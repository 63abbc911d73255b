import { unguarded } from './unguarded.mjs';

// What the build consists of, in one place. Paths are relative to the checkout.

/** Files that are started or imported by name: `builtPath('<name>.js')` of src/root.ts finds them. Workers go here. */
export const modules = {
  cli: 'src/cli/main.ts',
  'scan-worker': 'src/run/scan/worker.ts',
};

/** Playbook functions: each `source` is bundled whole into one `index.cjs`, zipped to `functions/<slug>.zip`; it exports `handler`. */
export const functions = [
  { slug: 'revoke-sessions', source: 'src/run/functions/revoke-sessions.ts' },
  { slug: 'revoke-session', source: 'src/run/functions/revoke-session.ts' },
  { slug: 'block-address', source: 'src/run/functions/block-address.ts' },
  { slug: 'rotate-instance-credentials', source: 'src/run/functions/rotate-instance-credentials.ts' },
];

/** Bundles with esbuild options of their own, such as a library that needs `define` and `inject`. */
export const alone = [
  // Hosts run bash on the range's clock and luck; what just-bash loads only when asked for is never asked for.
  {
    entryPoints: { bash: 'src/range/hosts/bash/just-bash.ts' },
    inject: ['src/range/hosts/bash/virtual.ts'],
    define: { Date: 'VirtualDate', 'Math.random': 'virtualRandom' },
    plugins: [unguarded],
    external: ['sql.js', 'quickjs-emscripten', 'seek-bzip', '@mongodb-js/zstd', 'node-liblzma'],
  },
];

/** Sources that stand for such a bundle: who imports one gets the file of the build. */
export const apart = { 'bash/just-bash.ts': './bash.js' };

/** Files and folders under src that are read at run time, copied as they are: `assetPath('<path below src>')` finds them. */
export const assets = ['range/wire/models', 'run/adapters/functions/boot'];
