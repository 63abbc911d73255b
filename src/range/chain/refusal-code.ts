/**
 * Every service has its own word for "not allowed". JSON services say AccessDeniedException, the query ones AccessDenied;
 * EC2 and SNS have theirs. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html,
 * https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
const codes: Readonly<Record<string, string>> = {
  ec2: 'UnauthorizedOperation',
  sns: 'AuthorizationError',
  iam: 'AccessDenied',
  sts: 'AccessDenied',
  s3: 'AccessDenied',
  sqs: 'AccessDenied',
  cloudformation: 'AccessDenied',
  rds: 'AccessDenied',
};

export function refusalCode(service: string): string {
  return codes[service] ?? 'AccessDeniedException';
}
