import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { checkoutWith } from './checkout.ts';

const serving = `
export async function main(args: string[]) {
  console.log('serving', process.pid, ...args);
  setInterval(() => undefined, 1000);
  return 0;
}`;

/** `npm start` of a main that serves for ever, and the number of the process that does. */
async function started(...args: string[]) {
  const npm = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: checkoutWith(serving),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const part of npm.stdout) {
    const words = String(part).match(/serving (\d+) (.*)/);
    if (words) return { npm, pid: Number(words[1]), args: words[2] };
  }
  throw new Error('npm start ended before it served');
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// A range that outlives the npm that started it would keep its port, and nobody would know whose it is.
for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`what npm start started ends when npm gets ${signal}`, async () => {
    const { npm, pid, args } = await started('--exit');
    expect(args).toBe('demo --exit');
    npm.kill(signal);
    await once(npm, 'exit');
    await expect.poll(() => lives(pid), { timeout: 20_000 }).toBe(false);
  });
}
