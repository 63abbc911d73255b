// What the build consists of, in one place. Paths are relative to the checkout.

/** Files that are started or imported by name: `builtPath('<name>.js')` of src/root.ts finds them. Workers go here. */
export const modules = {
  cli: 'src/cli/main.ts',
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
  // { entryPoints: { bash: 'src/…' }, define: {}, inject: [] },
];

/** Files and folders under src that are read at run time, copied as they are: `assetPath('<path below src>')` finds them. */
export const assets = ['range/wire/models', 'run/adapters/functions/boot'];
