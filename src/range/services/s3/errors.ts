import { AwsError } from '../../../aws/error.ts';

// Codes and statuses: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the texts are as S3 answers.

export function noSuchBucket(BucketName: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, members: { BucketName } });
}

export function noSuchKey(Key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key } });
}

export function noSuchVersion(Key: string, VersionId: string): AwsError {
  const message = 'The specified version does not exist.';
  return new AwsError('NoSuchVersion', message, { status: 404, members: { Key, VersionId } });
}

export function noSuchUpload(UploadId: string): AwsError {
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  return new AwsError('NoSuchUpload', message, { status: 404, members: { UploadId } });
}

export function invalidArgument(message: string, ArgumentName: string, ArgumentValue: unknown): AwsError {
  const members = { ArgumentName, ...(ArgumentValue === undefined ? {} : { ArgumentValue }) };
  return new AwsError('InvalidArgument', message, { status: 400, members });
}

export function malformedXml(): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new AwsError('MalformedXML', message, { status: 400 });
}

export function preconditionFailed(Condition: string): AwsError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new AwsError('PreconditionFailed', message, { status: 412, members: { Condition } });
}

export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not built in this range yet.`, { status: 501 });
}
