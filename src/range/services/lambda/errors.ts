import { AwsError } from '../../../aws/error.ts';

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { status: 400 });
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409 });
}

export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `lambda: ${what} is not built in this range yet.`, { status: 501 });
}

export function preconditionFailed(): AwsError {
  return new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { status: 412 },
  );
}
