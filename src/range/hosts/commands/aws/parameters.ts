import { parse as parseYaml } from 'yaml';
import type { Member, OperationPlan } from '../../../wire/plan.ts';
import { type Alias, aliasesOf, completed } from './aliases.ts';
import { checkInput } from './check.ts';
import { badParameter, misused, notModelled } from './errors.ts';

import { kebab } from './names.ts';
import { load, optionValue, type Sources, typed } from './values.ts';

export interface Parameters {
  readonly input: Record<string, unknown>;
  /** Where the body of the answer goes, of operations that answer a stream. */
  readonly outfile: string | undefined;
  /** `max-items`, `page-size`, `starting-token`. */
  readonly paging: ReadonlyMap<string, string>;
}

const pagingOptions = ['max-items', 'page-size', 'starting-token'];

/** The options of one operation, read by its model. */
export function readParameters(args: readonly string[], plan: OperationPlan, sources: Sources): Parameters {
  const members = plan.input?.shape.members ?? [];
  const options = new Map(members.map((member) => [kebab(member.name), member]));
  // The CLI calls an answer a stream when its body is a blob, whether or not the model says streaming.
  const wantsFile = plan.output?.shape.payload?.shape.type === 'blob';
  const found = scan(args, options, aliasesOf(plan), wantsFile ? 1 : 0);
  const input: Record<string, unknown> = fromFile(found.extra, plan, sources);
  for (const { member, option, texts } of found.given)
    input[member.name] = typeof texts === 'boolean' ? texts : optionValue(texts, member, option, sources);
  for (const { alias, text } of found.aliases) alias.put(input, load(text, alias.option, sources));
  const missing =
    found.extra.has('cli-input-json') || found.extra.has('cli-input-yaml') ? [] : missingOf(members, input);
  const [outfile] = found.places;
  if (wantsFile && outfile === undefined) missing.push('outfile');
  if (missing.length > 0) throw misused(`aws: error: the following arguments are required: ${missing.join(', ')}`);
  if (found.unknown.length > 0) throw misused(`Unknown options: ${found.unknown.join(', ')}`);
  completed(input, plan, () => sources.seat.task.random());
  checkInput(input, plan.input?.shape);
  return { input, outfile, paging: found.extra };
}

function missingOf(members: readonly Member[], input: Readonly<Record<string, unknown>>): string[] {
  return members
    .filter(({ name, required }) => required && input[name] === undefined)
    .map(({ name }) => `--${kebab(name)}`);
}

interface Found {
  readonly given: { member: Member; option: string; texts: readonly string[] | boolean }[];
  readonly aliases: { alias: Alias; text: string }[];
  readonly extra: Map<string, string>;
  readonly places: string[];
  readonly unknown: string[];
}

function scan(
  args: readonly string[],
  options: ReadonlyMap<string, Member>,
  aliases: readonly Alias[],
  placesMax: number,
): Found {
  const found: Found = { given: [], aliases: [], extra: new Map(), places: [], unknown: [] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [, option = '', joined] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const one = () => {
      const text = joined ?? args[++i];
      if (text === undefined || (joined === undefined && /^--./.test(text)))
        throw misused(`aws: error: argument --${option}: expected one argument`);
      return text;
    };
    const member = options.get(option);
    const negated = options.get(option.replace(/^no-/, ''));
    const alias = aliases.find((known) => known.option === option);
    if (option === '') (found.places.length < placesMax ? found.places : found.unknown).push(arg);
    else if (option === 'generate-cli-skeleton') throw notModelled('--generate-cli-skeleton');
    else if (alias !== undefined) found.aliases.push({ alias, text: one() });
    else if (member?.shape.type === 'boolean') found.given.push({ member, option, texts: true });
    else if (member !== undefined) {
      const many = ['list', 'structure', 'map'].includes(member.shape.type);
      const texts = [one()];
      while (many && joined === undefined && args[i + 1] !== undefined && !/^--./.test(args[i + 1] ?? ''))
        texts.push(args[++i] ?? '');
      found.given.push({ member, option, texts });
    } else if (negated?.shape.type === 'boolean') found.given.push({ member: negated, option, texts: false });
    else if (pagingOptions.includes(option) || /^cli-input-(json|yaml)$/.test(option)) found.extra.set(option, one());
    else found.unknown.push(arg);
  }
  return found;
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html: options beside it win. */
function fromFile(extra: ReadonlyMap<string, string>, plan: OperationPlan, sources: Sources): Record<string, unknown> {
  const option = ['cli-input-json', 'cli-input-yaml'].find((name) => extra.has(name));
  if (option === undefined) return {};
  const loaded = load(extra.get(option) ?? '', option, sources);
  const text = typeof loaded === 'string' ? loaded : Buffer.from(loaded).toString('utf8');
  let value: unknown;
  try {
    value = option === 'cli-input-json' ? JSON.parse(text) : parseYaml(text);
  } catch {
    // Said below, in the CLI's words.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badParameter(option, `Invalid ${option === 'cli-input-json' ? 'JSON' : 'YAML'} received.`);
  const shape = plan.input?.shape;
  return { ...(shape === undefined ? value : (typed(value, shape, sources) as Record<string, unknown>)) };
}
