import type { Json, JsonObject } from '../../model/json.ts';
import { UserError } from '../errors.ts';

/**
 * Findings as they are printed: lines of `yagura detect --json` and `yagura findings --json`, events of EventBridge, and
 * what `aws guardduty get-findings` answers. What is told twice counts as told last.
 */
export function findingsIn(text: string, name: string): readonly JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const value of valuesIn(text, name)) {
    for (const finding of findingsOf(value)) found.set(String(finding['id']), finding);
  }
  if (found.size > 0) return [...found.values()];
  throw new UserError({
    code: 'RESPOND_NO_FINDINGS',
    message: { en: `${name} holds no finding`, ja: `${name} に検出結果がありません` },
    expected: {
      en: 'the output of yagura detect --json, or of aws guardduty get-findings',
      ja: 'yagura detect --json または aws guardduty get-findings の出力',
    },
    hint: 'yagura detect logs/ --json > findings.jsonl',
  });
}

function findingsOf(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(findingsOf);
  if (!isObject(value)) return [];
  const { Findings: listed, detail } = value;
  if (Array.isArray(listed)) return listed.flatMap(findingsOf);
  if (isObject(detail)) return findingsOf(detail);
  const finding = 'Id' in value ? (uncapitalized(value) as JsonObject) : value;
  return typeof finding['id'] === 'string' && typeof finding['type'] === 'string' ? [finding] : [];
}

/** The command line spells the members of the API with a capital: only the first letter differs. */
function uncapitalized(value: Json): Json {
  if (Array.isArray(value)) return value.map(uncapitalized);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.charAt(0).toLowerCase() + name.slice(1), uncapitalized(each)]),
  );
}

/** One JSON value, or one a line. */
function valuesIn(text: string, name: string): readonly Json[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const value = parsed(line);
    if (value === undefined) throw noJson(name, index + 1);
    return [value];
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noJson(name: string, line: number): UserError {
  return new UserError({
    code: 'RESPOND_FINDINGS_UNREADABLE',
    message: { en: `line ${line} of ${name} is no JSON`, ja: `${name} の ${line} 行目は JSON ではありません` },
    expected: { en: 'findings, one JSON object a line', ja: '1 行に 1 つの JSON で書かれた検出結果' },
    hint: 'yagura detect logs/ --json > findings.jsonl',
  });
}
