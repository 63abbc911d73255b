import { defaultOf } from '../../../aws/cloudformation/parameters.ts';
import { invalid, type Template } from '../../../aws/cloudformation/template.ts';
import type { JsonObject } from '../../../model/json.ts';
import { operation, type Preparation } from '../../operation.ts';
import { capabilitiesReason, requiredCapabilities } from './capabilities.ts';
import { changeSetOf } from './change-set.ts';
import { given } from './properties.ts';
import { templateOf } from './read.ts';
import { checkTemplate, stackOf, templateText } from './request.ts';

interface Source {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
}

export const GetTemplate = operation<{ StackName?: string; ChangeSetName?: string; TemplateStage?: string }>({
  handle(input, call) {
    const StagesAvailable = ['Original', 'Processed'];
    if (input.ChangeSetName !== undefined) {
      const { recipe } = changeSetOf(call, input.ChangeSetName, input.StackName);
      return { TemplateBody: recipe.template, StagesAvailable };
    }
    return { TemplateBody: stackOf(call, input.StackName ?? '').template, StagesAvailable };
  },
});

export const ValidateTemplate = operation<Source, object, Template>({
  prepare: (input, preparation) => checked(input, preparation),
  handle(_, __, template) {
    return {
      Parameters: Object.entries(template.parameters).map(([ParameterKey, declared]) =>
        given({
          ParameterKey,
          DefaultValue: defaultOf(declared),
          NoEcho: String(declared['NoEcho']) === 'true',
          Description: declared['Description'],
        }),
      ),
      ...capabilitiesOf(template),
      ...(template.description === undefined ? {} : { Description: template.description }),
    };
  },
});

export const GetTemplateSummary = operation<Source & { StackName?: string; StackSetName?: string }, object, Template>({
  async prepare(input, preparation) {
    if (input.StackSetName !== undefined) throw invalid('Stack sets are not built in this range yet.');
    if (input.StackName === undefined) return checked(input, preparation);
    return templateOf(stackOf(preparation.call, input.StackName).template);
  },
  handle(_, __, template) {
    return {
      Parameters: Object.entries(template.parameters).map(([ParameterKey, declared]) =>
        given({
          ParameterKey,
          DefaultValue: defaultOf(declared),
          ParameterType: declared['Type'],
          NoEcho: String(declared['NoEcho']) === 'true',
          Description: declared['Description'],
          ParameterConstraints: given({ AllowedValues: allowed(declared) }),
        }),
      ),
      ...capabilitiesOf(template),
      ...(template.description === undefined ? {} : { Description: template.description }),
      ResourceTypes: [...new Set(Object.values(template.resources).map(({ type }) => type))],
      ...(template.metadata === undefined ? {} : { Metadata: JSON.stringify(template.metadata) }),
    };
  },
});

async function checked(input: Source, preparation: Preparation): Promise<Template> {
  const template = templateOf(await templateText(input, preparation));
  checkTemplate(template);
  return template;
}

function capabilitiesOf(template: Template) {
  const capabilities = requiredCapabilities(template);
  return capabilities.length === 0
    ? {}
    : { Capabilities: capabilities, CapabilitiesReason: capabilitiesReason(template) };
}

function allowed(declared: JsonObject): readonly string[] | undefined {
  const values = declared['AllowedValues'];
  return Array.isArray(values) ? values.map(String) : undefined;
}
