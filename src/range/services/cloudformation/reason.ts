import { AwsError } from '../../../aws/error.ts';
import { CallFailure } from './context.ts';

/**
 * Why a resource failed, as stack events say it since resources have handlers: message, service, handler error code.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 */
export function reasonOf(error: unknown, token: string): string {
  if (error instanceof CallFailure) {
    const service = error.service[0]?.toUpperCase() + error.service.slice(1);
    return handlerSaid(`${error.message} (Service: ${service}, Status Code: ${error.status})`, token, codeOf(error));
  }
  if (error instanceof AwsError) {
    return error.code === 'ValidationError' ? error.message : handlerSaid(error.message, token, error.code);
  }
  return handlerSaid(
    `Internal error of the range: ${error instanceof Error ? error.message : String(error)}`,
    token,
    'InternalFailure',
  );
}

function handlerSaid(message: string, token: string, code: string): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${token}, HandlerErrorCode: ${code})`;
}

function codeOf({ code, status }: CallFailure): string {
  if (/AccessDenied|Unauthorized|AuthorizationError/.test(code)) return 'AccessDenied';
  if (/AlreadyExists|AlreadyOwned|Duplicate|ResourceConflict/.test(code)) return 'AlreadyExists';
  if (/NotFound|NoSuch|\.Missing/.test(code)) return 'NotFound';
  if (/Throttl|TooManyRequests/.test(code)) return 'Throttling';
  if (/LimitExceeded/.test(code)) return 'ServiceLimitExceeded';
  if (code === 'NotImplemented') return code;
  if (/Validation|Invalid|Malformed/.test(code)) return 'InvalidRequest';
  return status >= 500 ? 'ServiceInternalError' : 'GeneralServiceException';
}
