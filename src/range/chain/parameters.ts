import type { Json, JsonObject } from '../../model/json.ts';
import type { Shape } from '../wire/plan.ts';

/** A service's own forms, where its records differ from the general ones. */
export interface TrailForms {
  date(value: Date): Json;
  list(items: readonly Json[]): Json;
  /** Answers' members have their names of the XML, not of the model. */
  readonly wireNames: boolean;
}

const general: TrailForms = { date: trailDate, list: (items) => items, wireNames: false };

/**
 * EC2 wraps lists as its XML does, IAM writes no comma after the year: both in the records of
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 * EC2's times as epoch milliseconds are observed, not documented.
 */
const ofServices: Readonly<Record<string, TrailForms>> = {
  ec2: { date: (value) => value.getTime(), list: (items) => (items.length === 0 ? {} : { items }), wireNames: true },
  iam: { ...general, date: (value) => trailDate(value).replace(/(\d{4}),/, '$1') },
};

export function formsOf(service: string): TrailForms {
  return ofServices[service] ?? general;
}

/**
 * How CloudTrail writes an operation's input and output where no record of it is documented: members with the first
 * letter lowered, keys of maps as they are, times in the service's form, blobs and streams left out, secrets masked. An
 * operation that differs says so in its `trail`. The shape tells maps from structures.
 */
export function parameters(
  value: Readonly<Record<string, unknown>>,
  shape?: Shape,
  forms: TrailForms = general,
): JsonObject | null {
  const written = writeObject(value, shape, forms);
  return Object.keys(written).length === 0 ? null : written;
}

export const redacted = 'HIDDEN_DUE_TO_SECURITY_REASONS';

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

function writeObject(value: object, shape: Shape | undefined, forms: TrailForms): JsonObject {
  const written: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = shape?.type === 'map' ? shape.item : shape?.members.find((each) => each.name === name);
    const json = secrets.has(name) ? redacted : write(member, known?.shape, forms);
    if (json === undefined) continue;
    written[shape?.type === 'map' ? name : (forms.wireNames && known?.ownName) || lowerFirst(name)] = json;
  }
  return written;
}

function write(value: unknown, shape: Shape | undefined, forms: TrailForms): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Date) return forms.date(value);
  if (value === undefined || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return forms.list(value.map((item) => write(item, shape?.item?.shape, forms) ?? null));
  // A streaming body is no parameter.
  if (typeof value === 'object' && !(Symbol.asyncIterator in value)) return writeObject(value, shape, forms);
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
