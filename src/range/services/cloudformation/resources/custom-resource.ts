import { invalid, isObject } from '../../../../aws/cloudformation/template.ts';
import type { Json, JsonObject } from '../../../../model/json.ts';
import { serviceTimeoutSeconds } from '../limits.ts';
import { neededText, numberOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';

interface Answer {
  readonly physicalId: string | undefined;
  readonly failure: string | undefined;
  readonly noEcho: boolean;
  readonly data: JsonObject;
}

/**
 * `Custom::...` too: a function or a topic hears what shall be done, and somebody answers at the URL.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export const customResource = resourceType({
  type: 'AWS::CloudFormation::CustomResource',
  properties: ['*'],
  async create(properties, context) {
    await ask({ RequestType: 'Create' }, properties, context);
    return { physicalId: context.name(128), attributes: {}, unnamed: true, waitMs: 0 };
  },
  async update(properties, before, context) {
    if (properties['ServiceToken'] !== before.properties['ServiceToken']) {
      throw invalid('Modifying service token is not allowed.');
    }
    const PhysicalResourceId = before.made.physicalId;
    const OldResourceProperties = asTexts(before.properties);
    await ask({ RequestType: 'Update', PhysicalResourceId, OldResourceProperties }, properties, context);
    return { ...before.made, waitMs: 0 };
  },
  async settle(properties, made, context) {
    const answer = await answerOf(properties, context);
    if (answer === undefined) return { ...made, waitMs: nextLookMs(context) };
    const { physicalId = made.physicalId, failure, noEcho, data } = answer;
    const found: Made = { physicalId, attributes: data, ...(noEcho ? { noEcho } : {}) };
    // What failed at its creation may be there in part: its provider hears of the deletion, too.
    if (failure !== undefined && made.unnamed) context.holds(found);
    if (failure !== undefined) throw failed(failure, context);
    if (answer.physicalId === undefined) throw invalid('Invalid PhysicalResourceId');
    return found;
  },
  async remove({ made, properties }, context) {
    if (!context.again) {
      await ask({ RequestType: 'Delete', PhysicalResourceId: made.physicalId }, properties, context);
      return 0;
    }
    const answer = await answerOf(properties, context);
    if (answer === undefined) return nextLookMs(context);
    if (answer.failure !== undefined) throw failed(answer.failure, context);
    return undefined;
  },
});

async function ask(what: JsonObject, properties: JsonObject, context: ResourceContext): Promise<void> {
  const token = neededText(properties, 'ServiceToken');
  const message = JSON.stringify({
    ...what,
    ServiceToken: token,
    ResponseURL: await context.responses.url(),
    StackId: context.stackId,
    RequestId: context.token,
    LogicalResourceId: context.logicalId,
    ResourceType: context.type,
    ResourceProperties: asTexts(properties),
  });
  const service = /^arn:aws[\w-]*:(lambda|sns):/.exec(token)?.[1];
  if (service === 'lambda') {
    const Payload = new TextEncoder().encode(message);
    await context.call('lambda', 'Invoke', { FunctionName: token, InvocationType: 'Event', Payload });
  } else if (service === 'sns') {
    const Subject = 'AWS CloudFormation custom resource request';
    await context.call('sns', 'Publish', { TopicArn: token, Subject, Message: message });
  } else {
    throw invalid('Invalid service token.');
  }
}

/** Undefined: nobody has answered yet. */
async function answerOf(properties: JsonObject, context: ResourceContext): Promise<Answer | undefined> {
  const text = await context.responses.read();
  if (text !== undefined) return readAnswer(text);
  const timeoutMs = (numberOf(properties, 'ServiceTimeout') ?? serviceTimeoutSeconds) * 1000;
  if (context.now - context.since < timeoutMs) return undefined;
  throw invalid(
    `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${context.token}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
  );
}

function readAnswer(text: string): Answer {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw invalid('Response is not valid JSON');
  }
  if (!isObject(said)) throw invalid('Response is not valid JSON');
  const { Status, Reason, PhysicalResourceId: id, Data: data, NoEcho } = said;
  if (Status !== 'SUCCESS' && Status !== 'FAILED') {
    throw invalid('Invalid Status: the response must say SUCCESS or FAILED');
  }
  if (Buffer.byteLength(String(id ?? '')) > 1024) throw invalid('Invalid PhysicalResourceId');
  return {
    physicalId: typeof id === 'string' && id !== '' ? id : undefined,
    failure: Status === 'FAILED' ? String(Reason ?? '') : undefined,
    noEcho: String(NoEcho) === 'true',
    data: isObject(data) ? data : {},
  };
}

function failed(reason: string, { token }: ResourceContext): Error {
  return invalid(
    `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${token})`,
  );
}

/** Most answer at once, and some after long: looks become rarer. */
function nextLookMs({ now, since }: ResourceContext): number {
  return Math.min(30_000, Math.max(1_000, Math.floor((now - since) / 4)));
}

/** Providers see numbers and booleans as texts. */
function asTexts(value: JsonObject): JsonObject;
function asTexts(value: Json): Json;
function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map((each: Json) => asTexts(each));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asTexts(each)]));
  return value === null ? value : String(value);
}
