/** A refusal by AWS, in AWS's words. Thrown by the chain and by handlers; rendered only by the wire. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The error's shape or wire code, as AWS spells it (`NoSuchBucket`). */
  readonly code: string;
  /** Where the schema does not say it. */
  readonly status: number | undefined;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    more: { status?: number; members?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = more.status;
    this.members = more.members ?? {};
  }
}
