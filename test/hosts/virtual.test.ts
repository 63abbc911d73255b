import { describe, expect, it } from 'vitest';
import { builtPath } from '../../src/root.ts';
import { beginning, laboratory } from './laboratory.ts';

const script = 'sleep 90; echo $RANDOM $RANDOM $SECONDS; printf "%(%F %T)T\\n" -1; date +%s';

async function said(seed: string, text = script): Promise<string> {
  const lab = laboratory({}, seed);
  const host = lab.host('server');
  host.boot();
  await lab.pass(30_000);
  return lab.run(host, text);
}

describe("a script's time and luck", () => {
  it("are the range's", async () => {
    const [first, again, other] = [await said('1'), await said('1'), await said('2')];
    expect(first).toMatch(/^0\|\d+ \d+ 90\n2026-01-05 00:02:00\n1767571320\n\|$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('are its own when two ranges run scripts at once', async () => {
    const many = 'for i in 1 2 3 4 5 6 7 8 9; do echo $RANDOM; printf x | tr x y; date +%s; done';
    const [first, other] = await Promise.all([said('1', many), said('2', many)]);
    expect(first).toBe(await said('1', many));
    expect(other).toBe(await said('2', many));
  });

  it('are so in the copy of just-bash that the build makes', async () => {
    const { Bash, inVirtualTime }: typeof import('../../src/range/hosts/bash/just-bash.ts') = await import(
      builtPath('bash.js')
    );
    const times = { now: () => beginning, random: () => 0.5 };
    const text = 'echo $RANDOM $RANDOM; printf "%(%F)T\\n" -1; date +%s; echo b | tr b c | sed s/c/d/ | awk "{print}"';
    const { stdout } = await inVirtualTime(times, () => new Bash().exec(text));
    expect(stdout).toBe('16384 16384\n2026-01-05\n1767571200\nd\n');
    expect(Date.now()).toBeGreaterThan(beginning);
  });
});
