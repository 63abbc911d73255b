import type { Json, JsonObject } from '../../model/json.ts';

/**
 * How CloudTrail writes an operation's input and output where no record of it is documented: members with the first
 * letter lowered, times in its own form, blobs and streams left out, secrets masked. An operation that differs says so
 * in its `trail`.
 */
export function parameters(value: Readonly<Record<string, unknown>>): JsonObject | null {
  const written = writeObject(value);
  return Object.keys(written).length === 0 ? null : written;
}

const redacted = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** Members whose value is a secret in whatever operation they stand. */
const secrets: ReadonlySet<string> = new Set([
  'Password',
  'NewPassword',
  'OldPassword',
  'MasterUserPassword',
  'SecretString',
  'SecretBinary',
  'SecretAccessKey',
  'Plaintext',
  'PrivateKey',
  'KeyMaterial',
]);

function writeObject(value: object): JsonObject {
  const written: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const json = secrets.has(name) ? redacted : write(member);
    if (json !== undefined) written[lowerFirst(name)] = json;
  }
  return written;
}

function write(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Date) return trailDate(value);
  if (value === undefined || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map((item) => write(item) ?? null);
  // A streaming body is no parameter.
  if (typeof value === 'object' && !(Symbol.asyncIterator in value)) return writeObject(value);
  return undefined;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Jan 5, 2026, 12:00:00 AM`, as credentials' expiration stands in records of STS (UTC). */
export function trailDate(date: Date): string {
  const hour = date.getUTCHours();
  const two = (n: number) => String(n).padStart(2, '0');
  return (
    `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ` +
    `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
  );
}
