import type { World } from '../../src/respond/playbooks/world.ts';

/** What one command answers; a throw is AWS's refusal. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** A world at the client boundary: commands by name, a clock that sleeping moves, and a list of what was called. */
export function fakeWorld(answers: Answers, more: Partial<World> = {}) {
  const called: string[] = [];
  let now = Date.parse('2026-01-05T01:00:00Z');
  const client = (prefix: string) => ({
    send: async (command: { readonly input: unknown }) => {
      const name = command.constructor.name.replace(/Command$/, '');
      called.push(`${prefix}:${name}`);
      const answer = answers[name];
      if (answer === undefined) throw new Error(`The fake knows no ${name}`);
      return answer(command.input as never);
    },
  });
  const world: World = {
    // The fake stands at the SDK's boundary: it gives what the playbooks' few commands answer, not a whole client.
    iam: client('iam') as unknown as World['iam'],
    ec2: client('ec2') as unknown as World['ec2'],
    scopeTagValue: '',
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    ...more,
  };
  return { world, called };
}

/** An error as an SDK client throws it. */
export function refusal(name: string): Error {
  return Object.assign(new Error(name), { name });
}
