import { UserError } from '../errors.ts';
import type { Keys } from './place.ts';

export interface Given {
  readonly keys: Keys;
  /** Where the file says so: `yagura credentials --format json` does. */
  readonly endpoint?: string;
}

/**
 * Keys as they are printed: by `yagura credentials --format json`, by `aws configure export-credentials` (and whatever
 * else is a `credential_process`), by `aws sts assume-role`. Values never get into a message.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function credentialsIn(text: string, name: string): Given {
  const root = objectOf(text, name);
  const inner = root['Credentials'];
  const given = (typeof inner === 'object' && inner !== null ? inner : root) as Readonly<Record<string, unknown>>;
  const member = (camel: string) => {
    const value = given[camel] ?? given[camel.charAt(0).toUpperCase() + camel.slice(1)];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [accessKeyId, secretAccessKey] = [member('accessKeyId'), member('secretAccessKey')];
  const [sessionToken, endpoint] = [member('sessionToken'), member('endpoint')];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw noCredentials(name);
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { keys, ...(endpoint === undefined ? {} : { endpoint }) };
}

function objectOf(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as Readonly<Record<string, unknown>>;
  } catch {
    // The parser's message quotes the text, which is secret.
  }
  throw noCredentials(name);
}

function noCredentials(name: string): UserError {
  return new UserError({
    code: 'RESPOND_CREDENTIALS_UNREADABLE',
    message: { en: `${name} holds no credentials`, ja: `${name} に認証情報がありません` },
    expected: {
      en: 'one JSON object with accessKeyId, secretAccessKey and, of a session, sessionToken',
      ja: 'accessKeyId、secretAccessKey、セッションなら sessionToken を持つ JSON オブジェクト 1 つ',
    },
    hint: 'yagura credentials --format json',
  });
}
