import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { yagura } from '../support/command.ts';
import { openDecoy, poisonedEnvironment } from '../support/poison.ts';
import { freePort } from '../support/port.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-drill-test-'));
const runs = join(folder, `yagura-${userInfo().username}`, 'runs');
const env = { HOME: folder, TMPDIR: folder, LANG: 'en_US.UTF-8' };
const userDrill = 'test/drill/user-drill/helpdesk.yaml';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Processes whose command line names our folder: the functions of a drill do. */
function processesOf(path: string): readonly string[] {
  const lines = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
  return lines.filter((line) => line.includes(path));
}

/** A drill that attacks nothing and waits for a mail that does not come. */
function shortDrill(): string {
  const file = join(folder, 'fails.yaml');
  const text =
    'name: fails\nlength: 1m\npack: guardduty\nattack: []\nexpect:\n  - mail: { to: nobody@example.com }\n    within: 10s\n';
  writeFileSync(file, text);
  return file;
}

describe('drill run', () => {
  it('prints one JSON object with exactly these members, and leaves nothing', async () => {
    const { code, out } = await yagura(['drill', 'run', userDrill, '--json'], env).ended;
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual(
      'drill seed held virtualSeconds realSeconds expectations unexpected findings timeline'.split(' '),
    );
    expect(Object.keys(result.findings[0])).toEqual(
      'id type resource foundAfterS answeredAfterS run runs verdict evidence'.split(' '),
    );
    expect(Object.keys(result.expectations[0])).toEqual(['name', 'held', 'saw']);
    expect(readdirSync(runs)).toEqual([]);
  });

  it('keeps its folder when asked, and ends with 1 when an expectation does not hold', async () => {
    const { code, out, err } = await yagura(['drill', 'run', shortDrill(), '--keep'], env).ended;
    expect(code).toBe(1);
    expect(out).toContain('✗ mail to nobody@example.com (saw: 0 mails to nobody@example.com, none like it)');
    const kept = /kept: (.*)/.exec(err)?.[1] ?? '';
    expect(readdirSync(kept)).toContain('store');
    expect(readdirSync(runs)).toEqual([]);
  });

  it.each([
    ['a drill that is not there', ['drill', 'run', 'stolen-kyes'], 2, 'DRILL_NOT_FOUND'],
    ['a file with a mistake', ['drill', 'run', 'wrong.yaml'], 2, ':2:9: length: expected a duration'],
    ['a seed that is none', ['drill', 'run', userDrill, '--seed', 'x'], 2, 'OPTION_NOT_A_NUMBER'],
    ['a time that is none', ['drill', 'run', userDrill, '--from', 'today'], 2, 'OPTION_NOT_A_TIME'],
    ['an account that is none', ['drill', 'run', userDrill, '--account', '12'], 2, 'OPTION_NOT_AN_ACCOUNT'],
    ['a step that AWS refuses', ['drill', 'run', 'refused.yaml'], 2, 'on line 5 of the drill failed: NoSuchEntity'],
  ])('refuses %s', async (_, args, expected, said) => {
    writeFileSync(join(folder, 'wrong.yaml'), 'name: x\nlength: soon\npack: guardduty\nattack: []\nexpect: [1]\n');
    writeFileSync(
      join(folder, 'refused.yaml'),
      'name: x\nlength: 1m\npack: guardduty\nenvironment:\n  - call: iam.GetRole\n    with: { RoleName: nobody }\nattack: []\nexpect:\n  - mail: { to: a@example.com }\n',
    );
    const placed = args.map((arg) => (arg === 'wrong.yaml' || arg === 'refused.yaml' ? join(folder, arg) : arg));
    const { code, err } = await yagura(placed, env).ended;
    expect(err).toContain(said);
    expect(code).toBe(expected);
  });

  it('reaches nothing of a poisoned home', async () => {
    const decoy = await openDecoy();
    const poison = { ...env, ...poisonedEnvironment(join(folder, 'poisoned'), decoy.url) };
    const { code, out } = await yagura(['drill', 'run', 'stolen-keys'], poison).ended;
    expect(out).toContain('held: ');
    expect({ code, reached: await decoy.close() }).toEqual({ code: 0, reached: 0 });
  });

  it.each([
    ['stolen-keys', 'SIGINT', 5],
    ['stolen-keys', 'SIGTERM', 5],
    ['workshop', 'SIGINT', 18],
  ] as const)('%s cleans up at %s', async (name, signal, count) => {
    const drill = yagura(['drill', 'run', name], env);
    await drill.lines(count);
    drill.kill(signal);
    const { code, err } = await drill.ended;
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(err).not.toContain('BUG');
    expect(processesOf(runs)).toEqual([]);
    expect(readdirSync(runs)).toEqual([]);
  });

  // Before the environment, while it is made, in the attack, while findings are answered; in the workshop with hosts.
  it.each([
    ['stolen-keys', 0],
    ['stolen-keys', 2],
    ['stolen-keys', 12],
    ['stolen-keys', 24],
    ['workshop', 6],
    ['workshop', 18],
    ['workshop', 30],
  ] as const)(
    '%s, killed after %i lines, leaves no process, and the next drill sweeps its folder',
    async (name, count) => {
      const drill = yagura(['drill', 'run', name], env);
      await drill.lines(count);
      // By then functions run, in processes of their own.
      if (name === 'workshop' && count >= 18) expect(processesOf(runs)).not.toEqual([]);
      drill.kill('SIGKILL');
      await drill.ended;
      // Functions end when their pipe or their parent goes; the kernel tells them in its own time.
      await expect.poll(() => processesOf(runs), { timeout: 10_000 }).toEqual([]);
      if (count > 0) expect(readdirSync(runs)).toHaveLength(1);
      const { code } = await yagura(['drill', 'run', shortDrill()], env).ended;
      expect(code).toBe(1);
      expect(readdirSync(runs)).toEqual([]);
    },
  );
});

describe('npm start', () => {
  it.each([
    ['during the story', '+00:05', 130],
    ['while the range stays', 'The range stays on', 0],
  ])(
    'cleans up at Ctrl-C %s',
    async (_, text, expected) => {
      const demo = yagura(['demo', '--port', `${await freePort()}`], env);
      await demo.says(text);
      demo.kill('SIGINT');
      const { code, err } = await demo.ended;
      expect(code).toBe(expected);
      expect(err).not.toContain('BUG');
      expect(processesOf(runs)).toEqual([]);
      expect(readdirSync(runs)).toEqual([]);
    },
    120_000,
  );
});

describe('drill list', () => {
  it('names our drills', async () => {
    const { code, out } = await yagura(['drill', 'list'], env).ended;
    expect(code).toBe(0);
    expect(out).toMatch(/^stolen-keys {2}/m);
  });
});
