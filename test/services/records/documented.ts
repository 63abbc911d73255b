import type { Account } from './account.ts';
import type { Form } from './form.ts';

// Each case is a record that a page of AWS prints: its keys, their casing, and of what form the values are. Left out is
// what comes of TLS and of a console session, which the range has neither of, and what older records did not have yet.

/** The page from which most of them are. */
export const cloudtrailExamples =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html';

export interface Documented {
  readonly page: string;
  readonly by: 'user' | 'session';
  make(account: Account): Promise<unknown>;
  readonly request: Form;
  readonly response: Form;
  /** Beside the fields that every record has. */
  readonly more?: Readonly<Record<string, Form>>;
}
