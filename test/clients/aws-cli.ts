import { expect } from 'vitest';
import { aws } from '../../scripts/clients.mjs';
import { type Ran, run } from './started-range.ts';

type Env = Readonly<Record<string, string>>;

export interface AwsCli {
  /** What it prints, as JSON where it is; a failed call fails the test with what it said. */
  (...args: readonly string[]): Promise<unknown>;
  /** One value of what it prints. */
  text(query: string, ...args: readonly string[]): Promise<string>;
  /** What a refused call says. */
  refused(args: readonly string[], env?: Env): Promise<string>;
  asked(args: readonly string[], env?: Env): Promise<Ran>;
}

/** Debian's AWS CLI against a range, with these keys and nothing of the machine's. */
export function awsCli(range: () => { readonly endpoint: string; readonly env: Env }): AwsCli {
  const asked = (args: readonly string[], env: Env = {}) =>
    run(aws, ['--endpoint-url', range().endpoint, '--output', 'json', ...args], { ...range().env, ...env });
  const printed = async (args: readonly string[]) => {
    const { code, out, err } = await asked(args);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    return out;
  };
  const json = async (...args: readonly string[]): Promise<unknown> => {
    const out = await printed(args);
    return /^\s*[[{]/.test(out) ? JSON.parse(out) : out;
  };
  return Object.assign(json, {
    asked,
    text: async (query: string, ...args: readonly string[]) =>
      (await printed([...args, '--query', query, '--output', 'text'])).trim(),
    async refused(args: readonly string[], env: Env = {}) {
      const { code, err } = await asked(args, env);
      expect(code).not.toBe(0);
      return err;
    },
  });
}
