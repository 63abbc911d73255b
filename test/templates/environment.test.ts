import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { compilePattern } from '../../src/aws/events/pattern.ts';
import { transformerComplaints } from '../../src/aws/events/transformer.ts';
import { playbooks } from '../../src/respond/playbooks/index.ts';
import { rolePolicy } from '../../src/respond/wrapper.ts';

const place = { partition: 'P', account: '1', region: 'R' };
const template = load('templates/environment.yaml');
const resources = Object.entries(template.Resources);

describe('the environment template', () => {
  it('gives each function the policy that its playbook declares', () => {
    const byPolicy = new Map(playbooks.map((playbook) => [JSON.stringify(rolePolicy(playbook, place)), playbook.slug]));
    const seen = resources
      .filter(([name]) => /^(Revoke|Block|Rotate)Role$/.test(name))
      .map(([, role]) => byPolicy.get(JSON.stringify(role.Properties.Policies[0].PolicyDocument)));
    expect(seen).toEqual(['revoke-session', 'block-address', 'rotate-instance-credentials']);
  });

  it('has only patterns that EventBridge takes', () => {
    for (const rule of ofType('AWS::Events::Rule')) compilePattern(JSON.stringify(rule.Properties.EventPattern));
  });

  it('has only transformers that EventBridge takes', () => {
    for (const rule of ofType('AWS::Events::Rule')) {
      for (const { InputTransformer: transformer } of rule.Properties.Targets) {
        if (transformer === undefined) continue;
        const { InputPathsMap: inputPathsMap, InputTemplate: inputTemplate } = transformer;
        expect(transformerComplaints({ inputPathsMap, inputTemplate })).toEqual([]);
      }
    }
  });

  it('sends a finding only to a function whose playbook answers it, and each run back to it', () => {
    for (const rule of ofType('AWS::Events::Rule')) {
      const types: string[] = rule.Properties.EventPattern.detail.type ?? [];
      for (const type of types) expect(playbooks.some(({ handles }) => handles.includes(type))).toBe(true);
    }
    const phases = ofType('AWS::Events::Rule').map((rule) => rule.Properties.EventPattern.detail.phase?.[0]);
    expect(phases.filter((phase) => phase === 'ran')).toHaveLength(3);
  });

  it('lets every rule invoke the function that it names', () => {
    const rules = resources.filter(
      ([, { Type, Properties }]) => Type === 'AWS::Events::Rule' && Properties.Targets[0].Id === 'playbook',
    );
    const permitted = ofType('AWS::Lambda::Permission').map(({ Properties }) => Properties.SourceArn);
    expect(permitted.sort()).toEqual(rules.map(([name]) => `${name}.Arn`).sort());
  });
});

function ofType(type: string) {
  return resources.filter(([, { Type }]) => Type === type).map(([, resource]) => resource);
}

interface Resource {
  readonly Type: string;
  // A template is what a user wrote: the tests look at it as it is.
  readonly Properties: ReturnType<typeof JSON.parse>;
}

/** Intrinsics as text: enough to compare, without a stack. */
function load(path: string): { readonly Resources: Readonly<Record<string, Resource>> } {
  const fill = (text: string) =>
    text.replaceAll('${AWS::Partition}', 'P').replaceAll('${AWS::AccountId}', '1').replaceAll('${AWS::Region}', 'R');
  const tags = ['Sub', 'Ref', 'GetAtt'].map((name) => ({ tag: `!${name}`, resolve: (value: string) => fill(value) }));
  const equals = { tag: '!Equals', collection: 'seq' as const, resolve: (value: unknown) => value };
  const document = parseDocument(readFileSync(path, 'utf8'), { customTags: [...tags, equals] });
  expect(document.errors).toEqual([]);
  return document.toJS();
}
