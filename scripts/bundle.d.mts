import type { BuildOptions, Plugin } from 'esbuild';

/** Options of every bundle. */
export function esm(root: string): BuildOptions;
/** Leaves what has a bundle of its own to that bundle. */
export const standApart: Plugin;
