import type { Account } from '../../indexes.ts';
import { invalid, notBuilt } from './errors.ts';

type Vintage = Account['vintage'];

/**
 * Runtimes that may not be used any more for new functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: those deprecated before 2024 are blocked; the dates
 * of later ones (nodejs16.x, nodejs18.x, python3.8, ...) were moved again and again, so they stay allowed.
 */
const retired: Readonly<Record<Vintage, ReadonlySet<string>>> = {
  '2019': new Set(['nodejs', 'nodejs4.3', 'nodejs6.10', 'dotnetcore1.0', 'dotnetcore2.0']),
  now: new Set([
    'nodejs',
    'nodejs4.3',
    'nodejs4.3-edge',
    'nodejs6.10',
    'nodejs8.10',
    'nodejs10.x',
    'nodejs12.x',
    'nodejs14.x',
    'python2.7',
    'python3.6',
    'python3.7',
    'dotnetcore1.0',
    'dotnetcore2.0',
    'dotnetcore2.1',
    'dotnetcore3.1',
    'ruby2.5',
    'ruby2.7',
    'java8',
    'go1.x',
    'provided',
  ]),
};

const recommended: Readonly<Record<Vintage, Readonly<Record<string, string>>>> = {
  '2019': { nodejs: 'nodejs10.x', dotnetcore: 'dotnetcore2.1' },
  now: {
    nodejs: 'nodejs22.x',
    python: 'python3.13',
    dotnetcore: 'dotnet8',
    ruby: 'ruby3.4',
    java: 'java21',
    go: 'provided.al2023',
    provided: 'provided.al2023',
  },
};

/** Refuses in AWS's words what is retired, and by name what no process of this range can run. */
export function checkRuntime(runtime: string, vintage: Vintage): void {
  if (retired[vintage].has(runtime)) {
    const family = /^[a-z]+/.exec(runtime)?.[0] ?? '';
    throw invalid(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
        `We recommend you use the new runtime (${recommended[vintage][family]}) while creating or updating functions.`,
    );
  }
  if (!/^(nodejs|python3)/.test(runtime)) throw notBuilt(`the runtime ${runtime} (nodejs* and python3* are)`);
}
