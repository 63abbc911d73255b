import { invalid, isObject, notBuilt } from '../../../../aws/cloudformation/template.ts';
import type { JsonObject } from '../../../../model/json.ts';
import { responseUrlSeconds } from '../limits.ts';
import { neededText, numberOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';

/** `Ref` gives the URL to which somebody puts the signal: one object, so that one signal is what can be waited for. */
export const waitConditionHandle = resourceType({
  type: 'AWS::CloudFormation::WaitConditionHandle',
  properties: [],
  async create(_properties, context) {
    return { physicalId: await context.responses.url(), attributes: {} };
  },
  async remove() {},
});

const lookMs = 5000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html */
export const waitCondition = resourceType({
  type: 'AWS::CloudFormation::WaitCondition',
  properties: ['Count', 'Handle', 'Timeout'],
  async create(properties, context) {
    neededText(properties, 'Handle');
    if ((numberOf(properties, 'Count') ?? 1) !== 1) throw notBuilt('A WaitCondition of another Count than 1');
    if ((numberOf(properties, 'Timeout') ?? 0) > responseUrlSeconds)
      throw notBuilt(`A WaitCondition of more than ${responseUrlSeconds} seconds`);
    return { physicalId: context.name(128), attributes: {}, waitMs: 0 };
  },
  async settle(properties, { waitMs: _, ...made }, context) {
    const text = await context.responses.read(neededText(properties, 'Handle'));
    if (text !== undefined) return { ...made, attributes: { Data: dataOf(text) } };
    checkTime(properties, context);
    return { ...made, waitMs: lookMs };
  },
  async remove() {},
});

function checkTime(properties: JsonObject, { now, since }: ResourceContext): void {
  const timeoutMs = (numberOf(properties, 'Timeout') ?? 0) * 1000;
  if (now - since >= timeoutMs) throw invalid('WaitCondition timed out. Received 0 conditions when expecting 1');
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html */
function dataOf(text: string): string {
  const said = parsed(text);
  const { Status, Reason, UniqueId, Data } = isObject(said) ? said : {};
  if (Status === 'FAILURE')
    throw invalid(
      `WaitCondition received failed message: '${String(Reason ?? '')}' for uniqueId: ${String(UniqueId ?? '')}`,
    );
  if (Status !== 'SUCCESS' || typeof UniqueId !== 'string')
    throw invalid('WaitCondition received a signal without Status SUCCESS or FAILURE, or without UniqueId');
  return JSON.stringify({ [UniqueId]: String(Data ?? '') });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What it says is told as what is missing in it.
    return undefined;
  }
}
