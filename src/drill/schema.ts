import { z } from 'zod';
import { lengthMsMax, stepsMax, withinMs } from './limits.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `90s`, `15m`, `1h`: virtual milliseconds inside. */
const duration = z
  .string({ error: 'expected a duration such as 90s, 15m or 1h' })
  .regex(/^\d{1,9}(ms|s|m|h)$/, { error: 'expected a duration such as 90s, 15m or 1h' })
  .transform((text) => {
    const [, count = '0', unit = 's'] = /^(\d+)(\D+)$/.exec(text) ?? [];
    return Number(count) * unitMs[unit as keyof typeof unitMs];
  })
  .refine((ms) => ms <= lengthMsMax, { error: `expected at most ${lengthMsMax / 3_600_000}h` });

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, { error: 'expected a name: a letter, then letters, digits or hyphens' });
const operation = z
  .string()
  .regex(/^[a-z0-9]+\.[A-Z][A-Za-z0-9]+$/, { error: 'expected service.Operation, such as s3.GetObject' });
const input = z.record(z.string(), z.json()).default({});
const texts = z.record(z.string(), z.string()).default({});

/** Text that must be equal, or `/a regular expression/`. */
const pattern = z.string().transform((text, context): string | RegExp => {
  const body = /^\/(.*)\/$/s.exec(text)?.[1];
  if (body === undefined) return text;
  try {
    return new RegExp(body, 'u');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `no regular expression: ${(error as Error).message}` });
    return z.NEVER;
  }
});

/** A session of a role, made by the administrator: the role's ARN, and how the session is called. */
const session = z.strictObject({ role: z.string(), name: z.string() });
/** An instance, with the credentials that its metadata service gives it at that moment. */
const instance = z.strictObject({ instance: z.string() });

export const environmentSteps = {
  functions: z.strictObject({ functions: z.string() }),
  call: z.strictObject({ call: operation, with: input, as: name.optional() }),
  stack: z.strictObject({ stack: z.string(), with: texts, as: name.optional() }),
  confirm: z.strictObject({ confirm: z.literal('sns') }),
  wait: z.strictObject({ wait: duration }),
  witness: z.strictObject({ witness: z.literal('flow-logs') }),
};

export const attackSteps = {
  session: z.strictObject({ session: name, role: z.string(), name: z.string(), from: z.string() }),
  capture: z.strictObject({ capture: name, host: z.string(), file: z.string(), from: z.string() }),
  technique: z.strictObject({ technique: z.string(), foothold: name, with: texts }),
  call: z.strictObject({ call: operation, foothold: name, with: input }),
  stack: environmentSteps.stack,
  wait: environmentSteps.wait,
};

const run = z.strictObject({
  playbook: z.string(),
  end: z.enum(['verified', 'not verified', 'nothing to do', 'unsupported']).default('verified'),
  within: duration.default(withinMs),
});

export const expectations = {
  finding: z.strictObject({
    finding: z.strictObject({
      type: z.string(),
      severity: z.number().optional(),
      resourceType: z.string().optional(),
      role: z.enum(['TARGET', 'ACTOR']).optional(),
      count: z.tuple([z.int().min(0), z.int().min(0)]).optional(),
    }),
    within: duration.default(withinMs),
    run: z
      .union([z.literal('noPlaybook'), run], { error: 'expected noPlaybook, or { playbook, end, within }' })
      .optional(),
    // biome-ignore lint/suspicious/noThenProperty: the file's word for the run that follows; nothing awaits it.
    then: run.optional(),
    again: run.extend({ end: run.shape.end.default('nothing to do') }).optional(),
  }),
  call: z.strictObject({
    call: z.strictObject({
      as: z.union([name, session, instance], {
        error: 'expected the name of a session, { role, name } or { instance }',
      }),
      operation,
      with: input,
      error: z.string().optional(),
    }),
  }),
  mail: z.strictObject({
    mail: z.strictObject({ to: z.string(), subject: pattern.optional(), body: pattern.optional() }),
    within: duration.default(withinMs),
  }),
  packet: z.strictObject({
    packet: z.strictObject({ from: z.string(), to: z.string(), fate: z.enum(['ACCEPT', 'REJECT']) }),
    within: duration.default(withinMs),
  }),
};

/** The whole file. The steps are read one by one, each by the schema that its own key names. */
export const drillFile = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'expected a kebab-case name' }),
  description: z.string().optional(),
  vintage: z.enum(['now', '2019']).default('now'),
  region: z.string().default('us-west-2'),
  length: duration,
  watch: duration.optional(),
  pack: z.enum(['guardduty']),
  parameters: texts,
  environment: z.array(z.unknown()).max(stepsMax).default([]),
  attack: z.array(z.unknown()).max(stepsMax),
  expect: z.array(z.unknown()).min(1, { error: 'a drill that expects nothing proves nothing' }).max(stepsMax),
});

type Kinds<Table extends Readonly<Record<string, z.ZodType>>> = {
  [Kind in keyof Table & string]: { readonly kind: Kind; readonly line: number } & z.infer<Table[Kind]>;
}[keyof Table & string];

export type EnvironmentStep = Kinds<typeof environmentSteps>;
export type AttackStep = Kinds<typeof attackSteps>;
export type Expectation = Kinds<typeof expectations>;

export type Drill = Omit<z.infer<typeof drillFile>, 'environment' | 'attack' | 'expect'> & {
  readonly environment: readonly EnvironmentStep[];
  readonly attack: readonly AttackStep[];
  readonly expect: readonly Expectation[];
};
