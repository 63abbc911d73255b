import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { AdministratorKey } from '../../src/range/bootstrap.ts';
import type { TestRange } from './range.ts';

/** A user with a key and, where a document is given, one inline policy named `policy`. */
export async function newUser(
  range: TestRange,
  UserName: string,
  PolicyDocument?: string,
): Promise<{ readonly arn: string; readonly keys: AdministratorKey }> {
  const iam = new IAMClient(range.as());
  const { User } = await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  if (PolicyDocument !== undefined) {
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'policy', PolicyDocument }));
  }
  return {
    arn: User?.Arn ?? '',
    keys: { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' },
  };
}

/** A document that allows these actions, on condition where one is given. */
export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: object,
): string {
  const statement = { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** A trust policy that lets this principal assume the role. */
export function trust(Principal: object, Condition?: object): string {
  const statement = {
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...(Condition === undefined ? {} : { Condition }),
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** `Code: message` of a call that must be refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const said = await call.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  if (said === undefined) throw new Error('the call was expected to be refused, and was not');
  return said;
}
