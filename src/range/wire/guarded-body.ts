import type { RawRequest } from './message.ts';
import type { Signed } from './sigv4/verify.ts';

export function guardedBody({ body }: RawRequest, _signed: Signed | undefined): RawRequest['body'] {
  return body;
}
