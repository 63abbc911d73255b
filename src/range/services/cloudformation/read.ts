import {
  type CollectionTag,
  LineCounter,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { invalid, readTemplate, type Template } from '../../../aws/cloudformation/template.ts';
import type { Json } from '../../../model/json.ts';

/** A template from its text, JSON or YAML, with CloudFormation's short forms (`!Ref`). */
export function templateOf(text: string): Template {
  return readTemplate(jsonOf(text));
}

export function jsonOf(text: string): Json {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text);
}

function fromJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    const before = text.slice(0, at).split('\n');
    // A flow mapping of YAML begins like JSON: AWS takes it, too.
    const yaml = parseDocument(text, { customTags });
    if (yaml.errors.length === 0) return fromYaml(text);
    throw invalid(
      `Template format error: JSON not well-formed. (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`,
    );
  }
}

function fromYaml(text: string): Json {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.1', customTags, merge: false, lineCounter, logLevel: 'silent' });
  visit(document, {
    Alias() {
      throw invalid('Template error: YAML aliases are not allowed in CloudFormation templates');
    },
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    throw invalid(`Template format error: YAML not well-formed. (line ${line}, column ${col})`);
  }
  // Through JSON, so that nothing but JSON's values comes out (a set, a number that is none).
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 0 }) ?? null)) as Json;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const functionNames = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length'],
  ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
];
const longForms: ReadonlyMap<string, string> = new Map([
  ...functionNames.map((name) => [name, `Fn::${name}`] as const),
  ['Ref', 'Ref'],
  ['Condition', 'Condition'],
]);

/** Templates have neither of YAML's dates, sets nor bytes: `2012-10-17` is a string. */
const notOfTemplates = ['timestamp', 'binary', 'merge', 'omap', 'pairs', 'set'];

function customTags(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) => typeof tag === 'string' || !notOfTemplates.some((name) => tag.tag.endsWith(`:${name}`)),
  );
  return [...kept, ...[...longForms].flatMap(([short, long]) => shortForm(short, long))];
}

/** `!Name value` is `{ "Fn::Name": value }`, whatever kind of value follows. */
function shortForm(short: string, long: string): (ScalarTag | CollectionTag)[] {
  const tag = `!${short}`;
  const wrap = (value: unknown) => {
    const map = new YAMLMap();
    map.set(long, value);
    return map;
  };
  return [
    { tag, resolve: (text: string) => wrap(long === 'Fn::GetAtt' ? text.split(/\.(.*)/s).slice(0, 2) : text) },
    { tag, collection: 'seq', resolve: (seq: unknown) => wrap(seq instanceof YAMLSeq ? plain(seq) : seq) },
    { tag, collection: 'map', resolve: (map: unknown) => wrap(map instanceof YAMLMap ? plain(map) : map) },
  ] as (ScalarTag | CollectionTag)[];
}

/** Without its tag, which would be resolved again. */
function plain<T extends YAMLSeq | YAMLMap>(node: T): T {
  delete node.tag;
  return node;
}
