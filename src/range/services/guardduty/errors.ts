import { AwsError } from '../../../aws/error.ts';

/** GuardDuty says everything that a client did wrong with one code. https://docs.aws.amazon.com/guardduty/latest/APIReference/CommonErrors.html */
export function badRequest(why: string): AwsError {
  return new AwsError('BadRequestException', `The request is rejected because ${why}`, { status: 400 });
}

export function notOwned(): AwsError {
  return badRequest('the input detectorId is not owned by the current account.');
}

export function outOfRange(): AwsError {
  return badRequest('an invalid or out-of-range value is specified as an input parameter.');
}

export function invalid(parameter: string): AwsError {
  return badRequest(`the parameter ${parameter} has an invalid value.`);
}

export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not built in this range yet.`, { status: 501 });
}
