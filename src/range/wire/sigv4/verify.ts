import type { AwsError } from '../../../aws/error.ts';

/** What a lookup says of an access key. The chain decides what an expired or inactive one is worth. */
export interface Secret {
  readonly secret: string;
  /** Of temporary keys: what `x-amz-security-token` must be. */
  readonly sessionToken?: string;
  /** Wall time at which temporary keys end, epoch milliseconds. */
  readonly expiresAt?: number;
}

/** A verified signature and its scope. */
export interface Signed {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly where: 'header' | 'query';
  /** For `s3:signatureAge`: milliseconds since it was signed. */
  readonly age: number;
  readonly signedHeaders: readonly string[];
  /** What the body must still prove while it is read. */
  readonly payload: PayloadGuard;
}

export type PayloadGuard =
  | { readonly kind: 'none' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'trailer' }
  | {
      readonly kind: 'signed-chunks';
      readonly key: Uint8Array;
      readonly date: string;
      readonly scope: string;
      readonly seed: string;
      readonly trailer: boolean;
    };

export type Verification =
  | { readonly kind: 'signed'; readonly signed: Signed }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly refusal: AwsError };
