import { builtPath } from '../src/root.ts';

/** This very bundle, to be started again: scripts/run.mjs names it by its process, and a child is started with its path. */
export const self = process.argv[1]!.endsWith('.js') ? process.argv[1]! : builtPath(`run-${process.pid}-main.js`);
