import { compilePattern } from '../src/aws/events/pattern.ts';
import { RuleSet } from '../src/aws/events/rule-set.ts';
import { cpuOf, type Figure, figureOf, ratiosOf } from './figure.ts';
import { madeEvents, madePatterns } from './made-events.ts';

/** Each round goes over the events so many times: V8 compiles for the first seconds of a process. */
const [rounds, times] = [7, 5];
/** What JSON.parse alone gave where the promises were made: a slower machine is held to the same share of what it gives. */
const parsedThere = 220_000;
/** Rules, and events a second that are promised with so many. */
const sizes = [
  [10, 200_000],
  [100, 180_000],
  [1_000, 165_000],
] as const;

/** Events as bytes against many rules, beside the parsing of the same bytes. */
export async function patterns(): Promise<readonly Figure[]> {
  const events = madeEvents(20_000);
  const bytes = events.reduce((sum, event) => sum + event.length, 0) / events.length;
  const designs: [string, number | undefined, () => number][] = [
    ['JSON.parse alone', undefined, () => events.reduce((sum, event) => sum + (parsed(event) === null ? 0 : 1), 0)],
    ...sizes.map(([count, atLeast]): [string, number, () => number] => {
      const set = new RuleSet<number>();
      for (const [index, pattern] of madePatterns(count).entries())
        set.add(index, compilePattern(JSON.stringify(pattern)));
      return [`${count} rules`, atLeast, () => events.reduce((sum, event) => sum + set.matchBytes(event).length, 0)];
    }),
  ];
  const rates = designs.map(() => [] as number[]);
  let matches = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [, , run]] of designs.entries()) {
      const seconds = await cpuOf(() => {
        for (let time = 0; time < times; time++) matches = run();
      });
      // The first round warms up.
      if (round > 0) rates[index]!.push((times * events.length) / seconds);
    }
  }
  if (matches === 0) throw new Error('no rule matched any event: the bench measures nothing');
  const figures = designs.map(([name, atLeast], index) =>
    figureOf(`patterns: ${name}`, rates[index]!, {
      unit: 'events/s',
      beside: `CPU; events of ${Math.round(bytes)} bytes`,
      ...(atLeast === undefined ? {} : { atLeast }),
    }),
  );
  const shares = sizes.map(([count, atLeast], index) =>
    figureOf(`patterns: ${count} rules`, ratiosOf(rates[index + 1]!, rates[0]!), {
      unit: 'x',
      beside: 'the rate of JSON.parse alone',
      atLeast: Number((atLeast / parsedThere).toFixed(2)),
    }),
  );
  return [...figures, ...shares];
}

function parsed(event: Buffer): unknown {
  return JSON.parse(event.toString('utf8'));
}
