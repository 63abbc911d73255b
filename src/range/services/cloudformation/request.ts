import { checkReferences } from '../../../aws/cloudformation/dependencies.ts';
import { templateBodyBytesMax, templateUrlBytesMax } from '../../../aws/cloudformation/limits.ts';
import {
  type GivenParameter,
  type ParameterValue,
  parameterValues,
  ssmNames,
} from '../../../aws/cloudformation/parameters.ts';
import { invalid, notBuilt, type Template } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Preparation } from '../../operation.ts';
import { requiredCapabilities } from './capabilities.ts';
import { principal } from './context.ts';
import { templateOf } from './read.ts';
import { typeOf } from './resources/index.ts';
import { type Recipe, type Stack, stackNamed } from './tables.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What CreateStack, UpdateStack and CreateChangeSet ask alike. */
export interface RecipeInput {
  readonly StackName: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly UsePreviousTemplate?: boolean;
  readonly Parameters?: readonly {
    readonly ParameterKey?: string;
    readonly ParameterValue?: string;
    readonly UsePreviousValue?: boolean;
  }[];
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly NotificationARNs?: readonly string[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly DisableRollback?: boolean;
}

/** Everything that must be known of a template before a stack is made or changed by it. */
export async function recipeOf(input: RecipeInput, preparation: Preparation, before?: Stack): Promise<Recipe> {
  const text = await templateText(input, preparation, before);
  const template = templateOf(text);
  checkTemplate(template);
  const missing = requiredCapabilities(template).filter((each) => !satisfied(each, input.Capabilities ?? []));
  if (missing.length > 0) {
    throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`, {
      status: 400,
    });
  }
  const parameters = parameterValues(template, givenParameters(input), before?.parameters);
  return {
    template: text,
    ...(template.description === undefined ? {} : { description: template.description }),
    parameters: await withSsm(template, parameters, preparation),
    tags:
      input.Tags === undefined
        ? (before?.tags ?? {})
        : Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])),
    capabilities: input.Capabilities ?? [],
    notificationArns: input.NotificationARNs ?? before?.notificationArns ?? [],
  };
}

/** Structure, references, and that its resource types are built: the first that is not is named. */
export function checkTemplate(template: Template): void {
  checkReferences(template);
  for (const { type } of Object.values(template.resources)) typeOf(type);
  if (JSON.stringify(template.resources).includes('{{resolve:'))
    throw notBuilt('A dynamic reference ({{resolve:...}})');
}

export async function templateText(
  input: Pick<RecipeInput, 'TemplateBody' | 'TemplateURL' | 'UsePreviousTemplate'>,
  preparation: Preparation,
  before?: Stack,
): Promise<string> {
  const { TemplateBody: body, TemplateURL: url } = input;
  if (input.UsePreviousTemplate === true) {
    if (before !== undefined && body === undefined && url === undefined) return before.template;
    throw invalid('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  }
  if (body !== undefined && url === undefined) {
    if (Buffer.byteLength(body) <= templateBodyBytesMax) return body;
    throw invalid(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${templateBodyBytesMax}`,
    );
  }
  if (url !== undefined && body === undefined) return fetchTemplate(url, preparation);
  throw invalid('Either Template URL or Template Body must be specified.');
}

/** A template is read from S3 as the caller. */
async function fetchTemplate(url: string, preparation: Preparation): Promise<string> {
  const at = placeOf(url);
  if (at === undefined) throw invalid('TemplateURL must be a supported URL.');
  const { account, region, caller } = preparation.call;
  const answer = await preparation.invoke({
    as: caller,
    account,
    region,
    service: 's3',
    operation: 'GetObject',
    input: at,
    via: principal,
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer['Body'] as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > templateUrlBytesMax) {
      throw invalid(`Template may not exceed ${templateUrlBytesMax} bytes in size.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Path style, virtual-host style, and the range's own endpoint. */
function placeOf(text: string): { Bucket: string; Key: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const path = decodeURIComponent(pathname.slice(1));
  const [, host] = /^(.+)\.s3[.-](?:[\w.-]*amazonaws\.com|localhost)$/.exec(hostname) ?? [];
  if (host !== undefined) return { Bucket: host, Key: path };
  const slash = path.indexOf('/');
  return slash < 1 ? undefined : { Bucket: path.slice(0, slash), Key: path.slice(slash + 1) };
}

function givenParameters(input: RecipeInput): Record<string, GivenParameter> {
  return Object.fromEntries(
    (input.Parameters ?? []).map(({ ParameterKey, ParameterValue, UsePreviousValue }) => [
      ParameterKey ?? '',
      {
        ...(ParameterValue === undefined ? {} : { value: ParameterValue }),
        ...(UsePreviousValue === true ? { usePrevious: true } : {}),
      },
    ]),
  );
}

/** Parameters of the type AWS::SSM::Parameter::Value are looked up as the caller. */
async function withSsm(
  template: Template,
  parameters: Recipe['parameters'],
  preparation: Preparation,
): Promise<Recipe['parameters']> {
  const resolved: Record<string, ParameterValue> = { ...parameters };
  const { account, region, caller } = preparation.call;
  for (const [key, name] of ssmNames(template, parameters)) {
    const answer = await preparation.invoke({
      as: caller,
      account,
      region,
      service: 'ssm',
      operation: 'GetParameters',
      input: { Names: [name] },
      via: principal,
    });
    const [found] = answer['Parameters'] as readonly { Value?: string }[];
    if (found?.Value === undefined) {
      throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
    }
    resolved[key] = { ...(parameters[key] as ParameterValue), resolved: found.Value };
  }
  return resolved;
}

function satisfied(needed: string, granted: readonly string[]): boolean {
  return granted.includes(needed) || (needed === 'CAPABILITY_IAM' && granted.includes('CAPABILITY_NAMED_IAM'));
}

/** The stack, or AWS's words that there is none. */
export function stackOf(scope: Parameters<typeof stackNamed>[0], nameOrId: string, words?: string): Stack {
  const stack = stackNamed(scope, nameOrId);
  if (stack === undefined) throw invalid(words ?? `Stack with id ${nameOrId} does not exist`);
  return stack;
}
