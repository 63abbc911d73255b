import { AwsError } from '../error.ts';
import { absent, consistent, type Leaf, leavesAt, listed, scalarAt } from './leaves.ts';
import { combinationsMax } from './limits.ts';
import { PatternError } from './pattern-error.ts';
import { JsonError, type Member, type Placed, parsePlaced } from './placed-json.ts';
import { type Complain, compileValue, operatorNames } from './value-compiler.ts';
import { type Passes, passesAny, type ValueTest } from './value-test.ts';
import { tooComplex } from './wildcard.ts';

/** What an event must say at one path: any one of the tests. */
export interface FieldTest {
  readonly path: readonly string[];
  readonly tests: readonly ValueTest[];
  /** Whether a value passes one of them. */
  readonly passes: Passes;
}

/** An event pattern, `$or` unfolded: an event matches when all fields of one alternative do. */
export interface Pattern {
  readonly alternatives: readonly (readonly FieldTest[])[];
}

/**
 * EventBridge's pattern language. Throws PatternError (`InvalidEventPatternException`) in EventBridge's words.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(source: string): Pattern {
  const root = parsed(source);
  if (root.kind !== 'object') throw new PatternError('Filter is not an object', '', source, pointAt(root));
  const compiler: Compiler = { source, alternatives: [new Map()] };
  compileObject(compiler, root, []);
  return { alternatives: compiler.alternatives.map((fields) => [...fields.values()]) };
}

/** Whether parsed JSON matches. */
export function matchesPattern(pattern: Pattern, event: unknown): boolean {
  return pattern.alternatives.some((fields) => matchesAll(fields, event));
}

function matchesAll(fields: readonly FieldTest[], event: unknown): boolean {
  let matched: (readonly Leaf[])[] | undefined;
  for (const { path, tests, passes } of fields) {
    const value = scalarAt(event, path);
    if (value === absent) {
      if (!hasAbsent(tests)) return false;
    } else if (value !== listed) {
      if (!passes(value)) return false;
    } else {
      const leaves = leavesAt(event, path);
      const good = leaves.filter((leaf) => passes(leaf.value));
      if (good.length > 0) {
        matched ??= [];
        matched.push(good);
      } else if (leaves.length > 0 || !hasAbsent(tests)) return false;
    }
  }
  return matched === undefined || consistent(matched);
}

export function hasAbsent(tests: readonly ValueTest[]): boolean {
  return tests.some(({ kind }) => kind === 'absent');
}

interface Compiler {
  readonly source: string;
  /** By the dotted path: a later test of the same path replaces the earlier one, as in EventBridge. */
  alternatives: Map<string, FieldTest>[];
}

function parsed(source: string): Placed {
  try {
    return parsePlaced(source);
  } catch (error) {
    if (error instanceof JsonError) throw new PatternError(error.message, '', source, error.offset);
    throw error;
  }
}

function compileObject(compiler: Compiler, object: Placed & { kind: 'object' }, path: readonly string[]): void {
  if (object.members.length === 0) complainer(compiler, path)('Empty objects are not allowed', object);
  for (const member of object.members) {
    const choices = choicesOf(member);
    if (choices === undefined) compileField(compiler, member, [...path, member.name]);
    else compileChoices(compiler, choices, path);
  }
}

function compileField(compiler: Compiler, { name, value }: Member, path: readonly string[]): void {
  const complain: Complain = complainer(compiler, path);
  if (value.kind === 'object') {
    compileObject(compiler, value, path);
    return;
  }
  if (value.kind !== 'array') complain(`"${name}" must be an object or an array`, value);
  const tests = value.items.map((item, index) =>
    compileValue(item, complainer(compiler, [...path.slice(0, -1), `${name}[${index}]`])),
  );
  if (tests.length === 0) complain('Empty arrays are not allowed', value);
  checkWildcards(tests, (reason) => complain(reason, value));
  for (const fields of compiler.alternatives) fields.set(path.join('.'), { path, tests, passes: passesAny(tests) });
}

/** `$or` is an operator only before a list of two or more objects without operator names; else it is a field. */
function choicesOf({ name, value }: Member): readonly (Placed & { kind: 'object' })[] | undefined {
  if (name !== '$or' || value.kind !== 'array' || value.items.length < 2) return undefined;
  const objects = value.items.filter((item) => item.kind === 'object');
  const plain = objects.every((object) => object.members.every((member) => !operatorNames.has(member.name)));
  return plain && objects.length === value.items.length ? objects : undefined;
}

function compileChoices(
  compiler: Compiler,
  choices: readonly (Placed & { kind: 'object' })[],
  path: readonly string[],
): void {
  const before = compiler.alternatives;
  const after: Map<string, FieldTest>[] = [];
  for (const choice of choices) {
    compiler.alternatives = before.map((fields) => new Map(fields));
    compileObject(compiler, choice, path);
    after.push(...compiler.alternatives);
    if (after.length > combinationsMax) {
      throw new AwsError(
        'LimitExceededException',
        `Event pattern contains more than ${combinationsMax} rule combinations`,
      );
    }
  }
  compiler.alternatives = after;
}

function checkWildcards(tests: readonly ValueTest[], complain: (reason: string) => void): void {
  const wildcards = tests
    .flatMap((test) => (test.kind === 'anything-but' ? test.tests : [test]))
    .flatMap((test) => (test.kind === 'wildcard' ? [test.pieces] : []));
  if (wildcards.length === 0 || !tooComplex(wildcards)) return;
  complain(
    'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
  );
}

function complainer({ source }: Compiler, path: readonly string[]): Complain {
  return (reason, at) => {
    throw new PatternError(reason, path.join('.'), source, pointAt(at));
  };
}

/** EventBridge reads a string lazily, so it points behind its opening quote; else behind the value. */
function pointAt(value: Placed): number {
  return value.kind === 'string' ? value.start + 1 : value.end;
}
