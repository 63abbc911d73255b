#!/usr/bin/env node
// Plain JavaScript, committed, never moved. In a checkout it first makes sure of the dependencies and of a current
// build; in an installed package it only imports dist/.
import { existsSync } from 'node:fs';

// Node's own exit code for an uncaught error is 1, which would read as a finding.
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
// A reader that has seen enough (`yagura detect … | head`) is no error.
process.stdout.on('error', (error) => (error.code === 'EPIPE' ? process.exit() : fail(error)));
/** Says what went wrong and gives the exit code: of the program, as soon as it is there. */
let told = (error) => {
  process.stderr.write(`error BUG: ${error instanceof Error ? error.stack : error}\n`);
  return 70;
};
process.stderr.on('error', () => undefined);

// The SDK clients that we bundle are frozen below the versions that drop Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const checkout = existsSync(new URL('../src/cli/main.ts', import.meta.url));
const folder = checkout ? await ensured() : new URL('../dist/', import.meta.url);
const { failed, main } = await import(new URL('cli.js', folder).href);
told = failed ?? told;
process.exitCode = await main(process.argv.slice(2));

async function ensured() {
  const { ensure } = await import('../scripts/ensure.mjs');
  return ensure();
}

function fail(error) {
  process.exit(told(error));
}
