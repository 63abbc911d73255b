import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { drillBytesMax } from './limits.ts';
import { namesIn } from './references.ts';
import { attackSteps, type Drill, drillFile, environmentSteps, expectations } from './schema.ts';

/** What is wrong with the file, and where; counted from 1, as editors do. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export class DrillFaults extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/** What every drill may name besides its own parameters, stacks and calls. */
const givenNames = ['Account', 'Region', 'CodeBucket', 'CodePrefix'] as const;

type Path = readonly PropertyKey[];

/** Reads one drill file. Throws all of its faults at once. */
export function readDrill(text: string): Drill {
  if (Buffer.byteLength(text) > drillBytesMax)
    throw new DrillFaults([{ line: 1, column: 1, message: `longer than ${drillBytesMax} bytes` }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => ({ line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const broken = document.errors.map(({ message, pos }) => ({ ...at(pos[0]), message }));
  if (broken.length > 0) throw new DrillFaults(broken);
  const place = (path: Path) => at(offsetOf(document, path));
  const faults: Fault[] = [];
  const parse = <T>(schema: z.ZodType<T>, value: unknown, path: Path): T | undefined => {
    const { success, data, error } = schema.safeParse(value);
    if (success) return data;
    for (const { message, path: inner, ...issue } of error.issues) {
      const keys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
      faults.push({
        ...place([...path, ...inner, ...keys.slice(0, 1)]),
        message: wording(message, [...path, ...inner]),
      });
    }
    return undefined;
  };
  const file = parse(drillFile, plain(document), []);
  if (file === undefined) throw new DrillFaults(faults);
  const steps = <Kind extends string>(
    table: Readonly<Record<Kind, z.ZodType>>,
    section: 'environment' | 'attack' | 'expect',
  ) =>
    file[section].flatMap((value, index) => {
      const path = [section, index];
      const kind = kindOf(table, value);
      if (kind === undefined) {
        faults.push({ ...place(path), message: `${section}[${index}] is none of: ${Object.keys(table).join(', ')}` });
        return [];
      }
      const step = parse(table[kind], value, path);
      return step === undefined ? [] : [{ ...(step as object), kind, line: place(path).line }];
    });
  const drill = {
    ...file,
    environment: steps(environmentSteps, 'environment'),
    attack: steps(attackSteps, 'attack'),
    expect: steps(expectations, 'expect'),
    // Each step was read by the schema of its kind, which is what makes the union true.
  } as unknown as Drill;
  faults.push(...unknownNames(drill, document, at));
  faults.push(...unknownFootholds(drill, place));
  if (faults.length > 0) throw new DrillFaults(faults.sort((a, b) => a.line - b.line || a.column - b.column));
  return drill;
}

function plain(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new DrillFaults([{ line: 1, column: 1, message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** The node at this path, or the nearest one above it that is there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function wording(message: string, path: Path): string {
  const where = path.reduce<string>(
    (text, part) => `${text}${typeof part === 'number' ? `[${part}]` : `${text && '.'}${String(part)}`}`,
    '',
  );
  return where === '' ? message : `${where}: ${message}`;
}

/** A step is what its own key says; `with`, `as` and their like belong to many. */
function kindOf<Kind extends string>(table: Readonly<Record<Kind, unknown>>, value: unknown): Kind | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (Object.keys(table) as Kind[]).find((kind) => Object.hasOwn(value, kind));
}

function unknownNames(
  drill: Drill,
  document: Document.Parsed,
  at: (offset: number) => { line: number; column: number },
): readonly Fault[] {
  const named = [...drill.environment, ...drill.attack].flatMap((step) => ('as' in step && step.as ? [step.as] : []));
  const known = new Set<string>([...givenNames, ...Object.keys(drill.parameters), ...named]);
  const faults: Fault[] = [];
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      for (const name of namesIn(node.value)) {
        if (known.has(name.split('.')[0] ?? '')) continue;
        const message = `\${${name}}: there is no parameter, stack or call of that name; expected one of ${[...known].join(', ')}`;
        faults.push({ ...at(node.range?.[0] ?? 0), message });
      }
    },
  });
  return faults;
}

function unknownFootholds(drill: Drill, place: (path: Path) => { line: number; column: number }): readonly Fault[] {
  const sessions = new Set<string>();
  const faults: Fault[] = [];
  const check = (name: string, path: Path) => {
    if (sessions.has(name)) return;
    const known =
      sessions.size === 0 ? 'there is none before this step' : `expected one of ${[...sessions].join(', ')}`;
    faults.push({ ...place(path), message: `"${name}" is no session of the attack; ${known}` });
  };
  for (const [index, step] of drill.attack.entries()) {
    if (step.kind === 'session') sessions.add(step.session);
    if (step.kind === 'capture') sessions.add(step.capture);
    if ('foothold' in step) check(step.foothold, ['attack', index, 'foothold']);
  }
  sessions.add('administrator');
  for (const [index, step] of drill.expect.entries()) {
    if (step.kind === 'call' && typeof step.call.as === 'string') check(step.call.as, ['expect', index, 'call', 'as']);
  }
  return faults;
}
