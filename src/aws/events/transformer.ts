import type { Json, JsonObject } from '../../model/json.ts';
import { parseInputPath, readInputPath } from './input-path.ts';

export interface InputTransformer {
  readonly inputPathsMap: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** What the reserved variables say. */
export interface TransformerFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601. */
  readonly ingestionTime: string;
}

/**
 * The text a target gets. Outside quotes a string becomes a JSON string, within them its bare text; a JSON value within
 * quotes loses its own quotes; a variable that matched nothing leaves nothing.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformInput(transformer: InputTransformer, event: JsonObject, facts: TransformerFacts): string {
  const values = valuesOf(transformer, event, facts);
  return renderTemplate(transformer.inputTemplate, (name, quoted) => {
    if (!values.has(name)) return undefined;
    const value = values.get(name);
    if (value === undefined) return '';
    if (!quoted) return JSON.stringify(value);
    if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
    return JSON.stringify(value).replaceAll('"', '');
  });
}

/** What PutTargets refuses: one sentence for each complaint, none for a good transformer. */
export function transformerComplaints({ inputPathsMap, inputTemplate }: InputTransformer): readonly string[] {
  const complaints: string[] = [];
  const names = Object.keys(inputPathsMap);
  if (names.length > 100) complaints.push(`InputPathsMap holds ${names.length} variables; the limit is 100`);
  for (const name of names) {
    if (/^aws\./i.test(name)) complaints.push(`InputPathsMap key ${name} is reserved: it must not begin with "AWS"`);
    if (parseInputPath(inputPathsMap[name]!) === undefined) {
      complaints.push(`Invalid InputPath for variable ${name}: ${inputPathsMap[name]}`);
    }
  }
  renderTemplate(inputTemplate, (name) => {
    if (!names.includes(name) && !reserved.has(name))
      complaints.push(`InputTemplate uses the undefined variable ${name}`);
    return '';
  });
  return complaints;
}

const reserved: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
]);

function valuesOf(
  { inputPathsMap }: InputTransformer,
  event: JsonObject,
  facts: TransformerFacts,
): ReadonlyMap<string, Json | undefined> {
  const { detail: _detail, ...envelope } = event;
  const values = new Map<string, Json | undefined>([
    ['aws.events.rule-arn', facts.ruleArn],
    ['aws.events.rule-name', facts.ruleName],
    ['aws.events.event.ingestion-time', facts.ingestionTime],
    ['aws.events.event', envelope],
    ['aws.events.event.json', event],
  ]);
  for (const [name, text] of Object.entries(inputPathsMap)) {
    const path = parseInputPath(text);
    values.set(name, path && readInputPath(path, event));
  }
  return values;
}

/** Finds `<name>` and knows whether it stands between double quotes. Undefined leaves the text as it is. */
function renderTemplate(template: string, replace: (name: string, quoted: boolean) => string | undefined): string {
  const pieces = /\\[\s\S]|"|<([^<>\s"]+)>/g;
  let quoted = false;
  return template.replace(pieces, (piece, name: string | undefined) => {
    if (piece === '"') quoted = !quoted;
    return name === undefined ? piece : (replace(name, quoted) ?? piece);
  });
}
