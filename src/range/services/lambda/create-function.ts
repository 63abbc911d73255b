import { AwsError } from '../../../aws/error.ts';
import { accounts } from '../../indexes.ts';
import { operation, type Preparation } from '../../operation.ts';
import { type CodeInput, takeCode } from './code.ts';
import { type ConfigurationInput, configured } from './configuration.ts';
import { conflict, invalid } from './errors.ts';
import { nameLengthMax } from './limits.ts';
import { assumeRole, notAssumable, refusesLambda } from './session.ts';
import { configurationTrail, shapeOf } from './shape.ts';
import { type Code, functionArn, functions, type LambdaFunction, parseName } from './tables.ts';

type CreateFunctionInput = ConfigurationInput & {
  readonly FunctionName: string;
  readonly Role: string;
  readonly Code: CodeInput;
  readonly Architectures?: readonly string[];
  readonly Tags?: Readonly<Record<string, string>>;
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const CreateFunction = operation<CreateFunctionInput, object, Code>({
  trail: configurationTrail('CreateFunction20150331'),
  async prepare(input, preparation) {
    const { call } = preparation;
    const { name } = parseName(input.FunctionName);
    checkNew(name, call);
    configured(input, {}, name, vintageOf(call));
    await checkRole(input.Role, name, preparation);
    return takeCode(input.Code, preparation);
  },
  handle(input, call, code) {
    const { name } = parseName(input.FunctionName);
    checkNew(name, call);
    const fn: LambdaFunction = {
      name,
      arn: functionArn(call, name),
      ...configured(input, {}, name, vintageOf(call)),
      architecture: input.Architectures?.[0] ?? 'x86_64',
      code,
      modifiedAt: call.time,
      revision: call.ids.uuid(),
      tags: input.Tags ?? {},
      permissions: {},
    };
    functions.put(call, name, fn);
    return {
      ...shapeOf(fn),
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    };
  },
});

function checkNew(name: string, scope: Parameters<typeof functions.get>[0]): void {
  if (name.length > nameLengthMax) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${nameLengthMax}`,
    );
  }
  if (functions.get(scope, name) !== undefined) throw conflict(`Function already exist: ${name}`);
}

/** Lambda must be able to become the role. */
export async function checkRole(role: string, name: string, { call, invoke }: Preparation): Promise<void> {
  if (role.split(':')[4] !== call.account) {
    throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', { status: 403 });
  }
  try {
    await assumeRole({ arn: functionArn(call, name), name, role }, call, invoke);
  } catch (error) {
    throw refusesLambda(error) ? invalid(notAssumable) : error;
  }
}

export function vintageOf(scope: Parameters<typeof functions.get>[0]) {
  return accounts.get(scope.tx, scope.account)?.vintage ?? 'now';
}
